/* open311_page - the page for developers: addresses, what can be asked and sent, errors. Its examples are what the
 * interface answers at this moment, made by the same functions. */
#include "api_key.h"
#include "intake.h"
#include "open311.h"
#include "public.h"
#include "views/open311.h"

static void add_errors(struct page *p, struct view_open311 *v)
{
	json_t *errors = json_array();

	o311_error_add(p->a, errors, 404, arena_printf(p->a, "service_code: 没有“%s”这个服务", "pothole"));
	v->error_xml = o311_sample(p->a, O311_XML, "errors", errors);
	v->error_json = o311_sample(p->a, O311_JSON, "errors", errors);
	json_decref(errors);
}

static int add_service(struct page *p, struct view_open311 *v)
{
	const struct worktime *wt;
	json_t *one;
	int rc = worktime_get(p->db, &wt);

	if (rc != 0)
		return rc;
	one = o311_service(p, wt, TYPE_COMPLAINT);
	v->service_json = o311_sample(p->a, O311_JSON, "service", one);
	json_decref(one);
	return 0;
}

static int add_request(struct page *p, struct view_open311 *v)
{
	json_t *list = NULL;
	int rc = o311_latest(p, &list);

	if (rc != 0)
		return rc;
	if (json_array_size(list) > 0) {
		const json_t *number = json_object_get(json_array_get(list, 0), "service_request_id");

		v->number = arena_strdup(p->a, json_string_value(number));
		v->request_json = o311_sample(p->a, O311_JSON, "service_requests", list);
		v->request_xml = o311_sample(p->a, O311_XML, "service_requests", list);
	}
	json_decref(list);
	return 0;
}

/* The services with their names, as a table. */
static void add_services(struct page *p, struct view_open311 *v)
{
	struct open311_service *list = arena_array(p->a, TYPE__MAX, sizeof(*list));

	for (int i = 0; i < TYPE__MAX; i++)
		list[i] = (struct open311_service){ states_type_code((enum ticket_type)i),
			states_type_name((enum ticket_type)i) };
	v->services = list;
	v->services_n = TYPE__MAX;
}

int open311_page(struct page *p)
{
	struct view_open311 v = { .url = conf.public_url, .base = O311_BASE, .test = O311_TEST, .days = O311_SPAN_DAYS,
		.most = O311_LIST_MAX, .title_min = INTAKE_TITLE_MIN, .title_max = INTAKE_TITLE_MAX,
		.body_min = INTAKE_BODY_MIN, .body_max = INTAKE_BODY_MAX, .line_max = INTAKE_LINE_MAX,
		.per_day = API_KEY_PER_DAY };
	int rc = add_service(p, &v);

	if (rc == 0)
		rc = add_request(p, &v);
	if (rc != 0)
		return rc;
	add_services(p, &v);
	add_errors(p, &v);
	reply_public_fresh(p->reply);
	v.frame = page_titled(p, "开放接口 Open311");
	view_open311(&p->reply->body, &v);
	return 0;
}
