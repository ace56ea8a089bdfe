/* open311 - see open311.h: discovery, services and their definitions, tokens; which address is what. */
#include "open311.h"

#include <string.h>

#include "api_key.h"
#include "clock.h"
#include "public.h"
#include "show.h"

/* When this interface last changed what it takes or tells. */
#define CHANGESET "2026-09-01T00:00:00Z"
#define SPECIFICATION "http://wiki.open311.org/GeoReport_v2"
#define CACHE_S 300

/* What can be asked; each address takes what it knows of it. */
static const struct field ask_fields[] = {
	{ "jurisdiction_id", FIELD_LINE, .label = "jurisdiction_id", .max = 100 },
	{ "service_request_id", FIELD_LINE, .label = "service_request_id", .max = O311_NUMBERS_MAX * 41 },
	{ "service_code", FIELD_LINE, .label = "service_code", .max = 200 },
	{ "start_date", FIELD_LINE, .label = "start_date", .max = 40 },
	{ "end_date", FIELD_LINE, .label = "end_date", .max = 40 },
	{ "updated_after", FIELD_LINE, .label = "updated_after", .max = 40 },
	{ "updated_before", FIELD_LINE, .label = "updated_before", .max = 40 },
	{ "status", FIELD_LINE, .label = "status", .max = 40 },
	{ "page", FIELD_INT, .label = "page", .min = 1, .max = 1000000 },
	{ "page_size", FIELD_INT, .label = "page_size", .min = 1, .max = O311_LIST_MAX },
	{ "cursor", FIELD_TOKEN, .label = "cursor", .max = 40 },
	{ "extensions", FIELD_BOOL, .label = "extensions", .wrong = "应是 true 或 false" },
};
const struct form_def form_o311 = { ask_fields, ARRAY_LEN(ask_fields) };

/* --- errors --- */

struct o311 o311_begin(struct page *p)
{
	return (struct o311){ .p = p, .form = o311_form_of(p->req->path), .test = str_starts(p->req->path, O311_TEST "/") };
}

void o311_fail(struct o311 *o, int status, const char *field, const char *words)
{
	if (o->errors == NULL) {
		o->errors = json_array();
		o->status = status;
	}
	o311_error_add(o->p->a, o->errors, status, field != NULL ? arena_printf(o->p->a, "%s: %s", field, words) : words);
}

bool o311_wrong(struct o311 *o)
{
	const struct form *f = o->p->form;

	for (size_t i = 0; i < f->n_errors; i++)
		o311_fail(o, 400, f->errors[i].field, f->errors[i].message);
	return o->errors != NULL;
}

int o311_refuse(struct o311 *o)
{
	o311_reply_errors(o->p->reply, o->form, o->status, o->errors);
	return 0;
}

/* --- discovery --- */

static json_t *endpoint(struct arena *a, const char *base, const char *type)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:[s, s]}", "specification", SPECIFICATION, "url",
		arena_printf(a, "%s%s", conf.public_url, base), "changeset", CHANGESET, "type", type, "formats", "text/xml",
		"application/json");
}

static int discovery(struct o311 *o)
{
	struct arena *a = o->p->a;
	json_t *root = json_pack("{s:s, s:s, s:s, s:[o, o]}", "changeset", CHANGESET, "contact",
		arena_printf(a, "%s，%s", conf.site_host_unit, conf.site_contact), "key_service",
		arena_printf(a, "怎样申请密钥：%s/open311", conf.public_url), "endpoints",
		endpoint(a, O311_BASE, "production"), endpoint(a, O311_TEST, "test"));
	int rc;

	must(root != NULL);
	reply_public_cache(o->p->reply, CACHE_S);
	rc = o311_reply(o->p->reply, o->form, 200, "discovery", root);
	/* A validator in use wants it without the charset, which the document says itself. */
	if (rc == 0 && o->form == O311_XML)
		reply_type(o->p->reply, "text/xml");
	return rc;
}

/* --- services --- */

/* What each type is for, and words that people look for. */
static const struct { const char *description, *keywords; } services[] = {
	[TYPE_LEADER_MAIL] = { "写给市领导的信：对全市工作的意见、重要情况的反映。", "市长信箱, 领导信箱, 意见, 反映" },
	[TYPE_CONSULT] = { "咨询：政策、办事的条件、材料和流程。", "政策, 办事, 材料, 流程, 补贴" },
	[TYPE_COMPLAINT] = { "投诉：需要处理的具体问题，例如路灯不亮、占道经营、噪声扰民。", "路灯, 道路, 噪声, 环境, 物业, 停车, 违建" },
	[TYPE_SUGGESTION] = { "建议：对城市建设、管理和服务的建议。", "建议, 规划, 公交, 公园" },
	[TYPE_SITE_ERROR] = { "网站找错：政府网站上的错误、打不开的页面、过时的内容。", "网站, 错别字, 链接, 页面" },
};

json_t *o311_service(struct page *p, const struct worktime *wt, enum ticket_type type)
{
	const struct sla_policy *policy = worktime_policy(wt, "reply", type, 0, clock_day(p->now));
	const char *term = policy != NULL ? arena_printf(p->a, "受理后 %s内答复。", show_term(p->a, policy->amount,
		policy->unit)) : "";
	json_t *o = json_pack("{s:s, s:s, s:s, s:b, s:s, s:s, s:s}", "service_code", states_type_code(type), "service_name",
		states_type_name(type), "description", arena_printf(p->a, "%s%s", services[type].description, term),
		"metadata", 1, "type", "realtime", "keywords", services[type].keywords, "group", conf.site_short);

	must(o != NULL);
	return o;
}

int o311_services(struct o311 *o)
{
	json_t *list;
	const struct worktime *wt;
	int rc = worktime_get(o->p->db, &wt);

	if (rc != 0)
		return rc;
	list = json_array();
	for (int i = 0; i < TYPE__MAX; i++)
		json_array_append_new(list, o311_service(o->p, wt, (enum ticket_type)i));
	reply_public_cache(o->p->reply, CACHE_S);
	return o311_reply(o->p->reply, o->form, 200, "services", list);
}

/* --- a service's attributes --- */

/* told: nothing to be filled in, only to be read. */
struct attribute { const char *code, *datatype, *hint, *description; bool told; };

static void add_attribute(json_t *list, const struct attribute *t, json_t *values)
{
	json_t *one = json_pack("{s:b, s:s, s:s, s:b, s:s, s:i, s:s, s:o}", "variable", !t->told, "code", t->code,
		"datatype", t->datatype, "required", 0, "datatype_description", t->hint, "order",
		(int)json_array_size(list) + 1, "description", t->description, "values",
		values != NULL ? values : json_array());

	must(one != NULL);
	json_array_append_new(list, one);
}

static json_t *value(const char *key, const char *name)
{
	return json_pack("{s:s, s:s}", "key", key, "name", name);
}

static json_t *unit_values(const struct choice *units, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, value(units[i].code, units[i].text));
	return list;
}

static int definition(struct o311 *o, const char *code)
{
	static const struct attribute title = { "title", "string", "5 到 60 个字",
		"标题。不填时用来信内容的开头。", false };
	static const struct attribute unit = { "unit", "singlevaluelist", "不清楚可以不填", "希望由哪个单位办理", false };
	static const struct attribute about = { "about_unit", "singlevaluelist", "被反映的单位不会经手这封信",
		"反映的是哪个单位", false };
	static const struct attribute demand = { "demand", "string", "最多 60 个字", "主要诉求，一句话", false };
	static const struct attribute publish = { "publish", "singlevaluelist", "不填是不同意",
		"写信人是否同意公开来信内容。姓名和联系方式任何时候都不公开。", false };
	static const struct attribute point = { "location", "text", "不用填",
		"lat 和 long（WGS84）写进来信的地点，办理的人看得到，不公开：查询来信时 lat、long 是空的，address 是信里提到的区域。", true };
	enum ticket_type type = states_type_from(code);
	json_t *list, *root;
	const struct choice *units;
	size_t n;
	int rc;

	if (type == TYPE__MAX)
		return err_say(ERR_NOTFOUND, "service_code: 没有“%s”这个服务", code);
	rc = public_units(o->p, NULL, &units, &n);
	if (rc != 0)
		return rc;
	list = json_array();
	add_attribute(list, &title, NULL);
	add_attribute(list, &unit, unit_values(units, n));
	if (type == TYPE_COMPLAINT)
		add_attribute(list, &about, unit_values(units, n));
	add_attribute(list, &demand, NULL);
	add_attribute(list, &publish, json_pack("[o, o]", value("yes", "同意公开"), value("no", "不同意公开")));
	add_attribute(list, &point, NULL);
	root = json_pack("{s:s, s:o}", "service_code", code, "attributes", list);
	must(root != NULL);
	reply_public_cache(o->p->reply, CACHE_S);
	return o311_reply(o->p->reply, o->form, 200, "service_definition", root);
}

/* --- tokens --- */

static int token(struct o311 *o, const char *text)
{
	const char *no = NULL;
	json_t *list;
	int rc = api_key_letter_of(o->p->db, o->p->a, text, &no);

	if (rc == ERR_NOTFOUND)
		return err_say(rc, "token: 没有这个令牌");
	if (rc != 0)
		return rc;
	list = json_pack("[{s:s, s:s}]", "service_request_id", no, "token", text);
	must(list != NULL);
	return o311_reply(o->p->reply, o->form, 200, "service_requests", list);
}

/* --- addresses --- */

/* "complaint" of "complaint.xml"; an end that is neither form is no address of ours. */
static int base_of(struct page *p, const char **ret)
{
	size_t n = strlen(p->param);

	if (str_ends(p->param, ".xml"))
		n -= strlen(".xml");
	else if (str_ends(p->param, ".json"))
		n -= strlen(".json");
	else
		return err_say(ERR_NOTFOUND, "没有这个地址；格式是 .xml 或者 .json");
	*ret = arena_strndup(p->a, p->param, n);
	return 0;
}

static int show_list(struct page *p)
{
	static const struct { const char *name; int (*fn)(struct o311 *o); } lists[] = {
		{ "discovery", discovery }, { "services", o311_services }, { "requests", o311_requests },
		{ "servicerequestupdates", o311_updates },
	};
	struct o311 o = o311_begin(p);
	const char *name = "";
	int rc = base_of(p, &name);

	if (rc != 0)
		return rc;
	o311_everybody(p->reply);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		if (strcmp(lists[i].name, name) == 0)
			return o311_wrong(&o) ? o311_refuse(&o) : lists[i].fn(&o);
	}
	return err_say(ERR_NOTFOUND, "没有这个地址");
}

static int show_one(struct page *p, int (*fn)(struct o311 *o, const char *what))
{
	struct o311 o = o311_begin(p);
	const char *what = "";
	int rc = base_of(p, &what);

	if (rc != 0)
		return rc;
	o311_everybody(p->reply);
	return o311_wrong(&o) ? o311_refuse(&o) : fn(&o, what);
}

/* A page of each line in pages.tbl: the log tells them apart. */
int o311_show(struct page *p)
{
	return show_list(p);
}

int o311_service_show(struct page *p)
{
	return show_one(p, definition);
}

int o311_request_show(struct page *p)
{
	return show_one(p, o311_request);
}

int o311_token_show(struct page *p)
{
	return show_one(p, token);
}

int o311_test_show(struct page *p)
{
	return show_list(p);
}

int o311_test_service_show(struct page *p)
{
	return show_one(p, definition);
}

int o311_test_request_show(struct page *p)
{
	return show_one(p, o311_request);
}

int o311_test_token_show(struct page *p)
{
	return show_one(p, token);
}
