/* open_names - topics and places of published letters by name, for the open data. */
#ifndef OPEN_NAMES_H
#define OPEN_NAMES_H

#include "open_write.h"
#include "page.h"

struct open_names {
	const struct q_topic_all *topics;
	size_t topics_n;
	const struct q_place_all *places;
	size_t places_n;
};

/* Two queries; in the page's arena. */
int open_names_load(struct page *p, struct open_names *ret) MUST_CHECK;
/* The row with what belongs to it; its address in a. */
struct open_one open_names_one(struct arena *a, const struct open_names *names, const struct q_pub_full_page *row);
/* May be read by pages of other sites: open data alone (Access-Control-Allow-Origin), and its licence as a link. */
void open_names_headers(struct page *p);

#endif
