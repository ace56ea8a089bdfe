/* desk_blocks - the pieces of text to begin answers with: one's own, the unit's, the city's. The rights are
 * blocks.c's. */
#include "blocks.h"
#include "desk.h"
#include "views/desk_blocks.h"

static const char *const block_does[] = { "put", "drop", NULL };
static const char *const block_owners[] = { "mine", "unit", "city", NULL };
static const char *const owner_names[] = { "我的", "本单位", "全市" };
static const char *const block_types[] = { "", "leader_mail", "consult", "complaint", "suggestion", "site_error",
	NULL };
static const struct field blocks_fields[] = {
	{ "id", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "whose", FIELD_CHOICE, .label = "给谁用", .choices = block_owners },
	{ "type", FIELD_CHOICE, .label = "用于哪类来信", .choices = block_types + 1 },
	{ "title", FIELD_LINE, .label = "名称", .max = 30 },
	{ "body", FIELD_TEXT, .label = "文字", .max = BLOCK_BODY_MAX },
	{ "do", FIELD_CHOICE, .choices = block_does },
	{ "done", FIELD_TOKEN, .max = 8 },
};
const struct form_def form_blocks = { blocks_fields, ARRAY_LEN(blocks_fields) };

static int load(struct page *p, struct q_text_blocks_for **ret, size_t *ret_n)
{
	const struct actor *who = page_actor(p);

	return q_text_blocks_for(p->db, p->a, who->unit_id, who->officer_id, who->unit_id, ret, ret_n);
}

static const char *owner_name(const struct q_text_blocks_for *row)
{
	return owner_names[row->officer_id != 0 ? BLOCK_MINE : row->unit_id != 0 ? BLOCK_UNIT : BLOCK_CITY];
}

static const char *type_name(const char *code)
{
	return code != NULL && code[0] != '\0' ? states_type_name(states_type_from(code)) : "各类来信";
}

static void add_choices(struct page *p, struct view_desk_blocks *v)
{
	struct choice *owners = arena_array(p->a, ARRAY_LEN(block_owners), sizeof(*owners));
	struct choice *types = arena_array(p->a, ARRAY_LEN(block_types), sizeof(*types));

	for (int i = 0; block_owners[i] != NULL; i++) {
		if (block_may_add(page_actor(p), (enum block_owner)i))
			owners[v->owners_n++] = (struct choice){ .code = block_owners[i], .text = owner_names[i],
				.chosen = str_eq(form_raw(p->form, "whose"), block_owners[i]) };
	}
	for (; block_types[v->types_n] != NULL; v->types_n++)
		types[v->types_n] = (struct choice){ .code = block_types[v->types_n],
			.text = type_name(block_types[v->types_n]),
			.chosen = str_eq(form_raw(p->form, "type"), block_types[v->types_n]) };
	v->owners = owners;
	v->types = types;
}

/* Lists all; the one whose id is asked for goes into the form when this is a first visit. */
static int show(struct page *p)
{
	struct view_desk_blocks v = { .form = p->form };
	struct q_text_blocks_for *rows = NULL;
	struct block_row *list;
	size_t n = 0;
	int rc = load(p, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		const struct q_text_blocks_for *r = &rows[i];
		bool mine = block_may_change(page_actor(p), r->unit_id, r->officer_id);

		list[i] = (struct block_row){ r->id, r->title, r->body, type_name(r->type), owner_name(r),
			{ mine ? arena_printf(p->a, "/blocks?id=%lld#edit", (long long)r->id) : NULL } };
		if (!mine || form_int(p->form, "id", 0) != r->id)
			continue;
		v.id = r->id;
		v.whose = owner_name(r);
		if (p->req->method == METHOD_POST)
			continue;
		form_set(p->form, "title", r->title);
		form_set(p->form, "body", r->body);
		form_set(p->form, "type", r->type != NULL ? r->type : "");
	}
	v.rows = list;
	v.rows_n = n;
	add_choices(p, &v);
	v.title = form_raw(p->form, "title");
	v.body = form_raw(p->form, "body");
	v.frame = page_titled(p, "常用语");
	view_desk_blocks(&p->reply->body, &v);
	return 0;
}

int desk_blocks(struct page *p)
{
	const char *done = form_text(p->form, "done");

	if (done != NULL)
		p->frame->flash = str_eq(done, "drop") ? "已删除。" : "已保存。";
	return show(p);
}

static int carry_out(struct page *p)
{
	const struct actor *who = page_actor(p);
	int64_t id = form_int(p->form, "id", 0);
	int whose = form_choice(p->form, "whose");
	const struct block_text text = { form_text(p->form, "type"), form_text(p->form, "title"),
		form_text(p->form, "body") };

	if (form_choice(p->form, "do") == 1)
		return block_drop(p->db, p->a, who, id);
	if (text.title == NULL)
		form_fail(p->form, "title", "请填写名称");
	if (text.body == NULL)
		form_fail(p->form, "body", "请填写文字");
	if (!form_ok(p->form))
		return err_set(ERR_INVALID, "a block without title or text");
	return id != 0 ? block_change(p->db, p->a, who, id, &text)
		: block_add(p->db, p->a, who, whose < 0 ? BLOCK_MINE : (enum block_owner)whose, &text);
}

int desk_blocks_send(struct page *p)
{
	int rc = form_ok(p->form) ? carry_out(p) : ERR_INVALID;

	if (rc == 0)
		return reply_redirect(p->reply, form_choice(p->form, "do") == 1 ? "/blocks?done=drop" : "/blocks?done=put");
	if (rc != ERR_INVALID)
		return rc;
	if (form_ok(p->form))
		form_fail(p->form, "title", err_text(rc));
	reply_status(p->reply, err_http(rc));
	return show(p);
}
