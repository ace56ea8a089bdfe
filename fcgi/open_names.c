/* open_names - see open_names.h. */
#include "open_names.h"

#include "public.h"
#include "show.h"

int open_names_load(struct page *p, struct open_names *ret)
{
	struct q_topic_all *topics = NULL;
	struct q_place_all *places = NULL;
	int rc = q_topic_all(p->db, p->a, &topics, &ret->topics_n);

	if (rc == 0)
		rc = q_place_all(p->db, p->a, &places, &ret->places_n);
	ret->topics = topics;
	ret->places = places;
	return rc;
}

struct open_one open_names_one(struct arena *a, const struct open_names *names, const struct q_pub_full_page *row)
{
	struct open_one one = { .row = row, .link = public_open_link(a, row->id), .grade = show_grade(row->grade) };

	for (size_t i = 0; i < names->topics_n; i++) {
		if (names->topics[i].id == row->topic_id) {
			one.topic = names->topics[i].code;
			one.topic_name = names->topics[i].name;
		}
	}
	for (size_t i = 0; i < names->places_n; i++) {
		if (names->places[i].id == row->place_id) {
			one.place = names->places[i].code;
			one.place_name = names->places[i].name;
		}
	}
	return one;
}

void open_names_headers(struct page *p)
{
	reply_header(p->reply, "Access-Control-Allow-Origin", "*");
	reply_header(p->reply, "Link", arena_printf(p->a, "<%s/data/licence>; rel=\"license\"", conf.public_url));
}
