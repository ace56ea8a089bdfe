/* admin_sees - see admin_sees.h; the pages /me, "看他能看到什么" and the roles. */
#include "admin_sees.h"

#include <string.h>

#include "admin_leave.h"
#include "clock.h"
#include "views/admin_roles.h"
#include "views/admin_sees.h"

static const enum whose kinds[] = { WHOSE_ANY, WHOSE_OWN_UNIT, WHOSE_CO_UNIT };

/* Of what a capability holds: letters, people, or the system. */
static const char *whose_words(enum cap cap, unsigned whose)
{
	switch (cap) {
	case CAP_ADMIN_SYSTEM:
	case CAP_ADMIN_PEOPLE:
	case CAP_READ_AUDIT:
		return "整个系统";
	case CAP_ADMIN_LEAVE:
	case CAP_HAND_OVER:
		return (whose & WHOSE_ANY) != 0 ? "全部人员" : "本单位的人员";
	default:
		return (whose & WHOSE_ANY) != 0 ? "全市的来信"
			: (whose & WHOSE_OWN_UNIT) == 0 ? "本单位协办的来信"
			: (whose & WHOSE_CO_UNIT) != 0 ? "本单位承办和协办的来信" : "本单位承办的来信";
	}
}

/* Pages that can be opened, with their name in the navigation where they have one. */
static void add_pages(struct page *p, const struct actor *who, struct part_sees *v)
{
	const char **list = arena_array(p->a, page_rows_n + 1, sizeof(*list));

	for (size_t i = 0; i < page_rows_n; i++) {
		const struct page_row *row = &page_rows[i];
		const char *name = page_nav_text(SITE_DESK, row->pattern);

		if (row->site == SITE_DESK && row->method == METHOD_GET
				&& (row->who.kind != WHO_CAP || access_may(who, row->who.cap)))
			list[v->pages_n++] = arena_printf(p->a, "%s%s%s", row->pattern, name != NULL ? "　" : "",
				name != NULL ? name : "");
	}
	v->pages = list;
}

/* One line for each kind of letters or people: what may be done. */
static size_t rights_of(struct page *p, const struct actor *who, const struct sees_cap **ret)
{
	struct sees_cap *list = arena_array(p->a, CAP__MAX, sizeof(*list));
	size_t n = 0;

	for (int cap = 0; cap < CAP__MAX; cap++) {
		for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
			const char *words = whose_words((enum cap)cap, kinds[k]), *name = access_cap_name((enum cap)cap);
			size_t i = 0;

			if ((access_whose(who, (enum cap)cap) & kinds[k]) == 0)
				continue;
			while (i < n && strcmp(list[i].whose, words) != 0)
				i++;
			list[i].what = i < n ? arena_printf(p->a, "%s、%s", list[i].what, name) : name;
			list[i].whose = words;
			n += i == n;
		}
	}
	*ret = list;
	return n;
}

static int add_letters(struct page *p, const struct actor *who, struct part_sees *v)
{
	unsigned whose = access_whose(who, CAP_READ);
	struct q_read_counts *rows = NULL;
	struct choice *list;
	int64_t all = 0;
	size_t n = 0;
	int rc = whose == 0 ? 0 : q_read_counts(p->db, p->a, (whose & WHOSE_ANY) != 0, (whose & WHOSE_OWN_UNIT) != 0,
		who->unit_id, (whose & WHOSE_CO_UNIT) != 0, who->unit_id, who->unit_id, who->unit_id, who->officer_id,
		&rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct choice){ .text = states_office(states_from(rows[i].state)), .count = rows[i].n };
		all += rows[i].n;
	}
	v->letters = list;
	v->letters_n = n;
	v->letters_words = whose == 0 ? "看不到任何来信。" : arena_printf(p->a, "%s，共 %lld 封。", whose_words(CAP_READ, whose),
		(long long)all);
	return 0;
}

int admin_sees_part(struct page *p, const struct actor *who, struct part_sees *ret)
{
	add_pages(p, who, ret);
	ret->caps_n = rights_of(p, who, &ret->caps);
	return add_letters(p, who, ret);
}

/* --- somebody, and oneself --- */

static const char *lent_words(struct page *p, const struct actor *who)
{
	struct str o;

	str_init(&o, p->a, 4000);
	for (size_t i = 0; i < who->n_lent; i++) {
		const char *until = who->lent[i].until;
		int32_t day;

		if (clock_parse_day(until, &day) == 0)
			until = clock_fmt_day_zh(p->a, day, clock_day(p->now));
		str_addf(&o, "%s代理%s（%s），到%s。", i > 0 ? "" : "正在", who->lent[i].name,
			admin_roles(p->a, who->lent[i].roles), until);
	}
	return o.s;
}

static int sees_page(struct page *p, const struct q_officer_full *row, const char *back, bool sent)
{
	const struct actor who = store_actor_of(p->a, row->id, row->unit_id, row->name, row->roles, row->lent);
	struct view_admin_sees v = { .errors = sent ? p->form : NULL, .back = { back }, .login = row->login,
		.own = back == NULL, .roles = admin_roles(p->a, who.own), .lent = lent_words(p, &who) };
	int rc = admin_sees_part(p, &who, &v.sees);

	if (rc == 0 && v.own)
		rc = admin_leave_part(p, row, "/me", sent, &v.leave);
	if (rc != 0)
		return rc;
	v.heading = v.own ? arena_printf(p->a, "%s：我的账号", row->name) : arena_printf(p->a, "%s能看到什么", row->name);
	admin_flash(p);
	v.frame = page_titled(p, v.heading);
	view_admin_sees(&p->reply->body, &v);
	return 0;
}

int person_sees(struct page *p)
{
	struct q_officer_full row;
	int rc = q_officer_full(p->db, p->a, clock_day(p->now), p->param, &row);

	return rc != 0 ? rc : sees_page(p, &row, arena_printf(p->a, "/admin/people/%s", row.login), false);
}

static int me_page(struct page *p, bool sent)
{
	struct q_officer_full row;
	int rc = q_officer_full(p->db, p->a, clock_day(p->now), p->session->login, &row);

	return rc != 0 ? rc : sees_page(p, &row, NULL, sent);
}

int me_show(struct page *p)
{
	return me_page(p, false);
}

int me_leave(struct page *p)
{
	int rc = admin_leave_add(p, p->session->login);

	if (rc == 0)
		return admin_done(p, "/me", "leave");
	rc = form_ok(p->form) ? admin_failed(p, rc, "stand_in") : admin_failed(p, 0, "");
	return rc != 0 ? rc : me_page(p, true);
}

int me_back(struct page *p)
{
	int rc = admin_leave_end(p, p->session->login);

	return rc != 0 ? rc : admin_done(p, "/me", "back");
}

/* --- the roles --- */

int roles_show(struct page *p)
{
	struct view_admin_roles v = { 0 };
	struct role_card *cards = arena_array(p->a, ROLE_CITIZEN, sizeof(*cards));

	for (int i = 0; i < ROLE_CITIZEN; i++) {
		cards[i] = (struct role_card){ .name = access_role_name((enum role)i), .help = access_role_help((enum role)i),
			.code = access_role_code((enum role)i) };
		cards[i].rights_n = rights_of(p, &(struct actor){ .officer_id = 1, .unit_id = 1, .roles = 1U << i },
			&cards[i].rights);
	}
	v.cards = cards;
	v.cards_n = ROLE_CITIZEN;
	v.frame = page_titled(p, "角色和权限");
	view_admin_roles(&p->reply->body, &v);
	return 0;
}
