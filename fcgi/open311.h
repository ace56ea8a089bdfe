/* open311 - what the files of Open311 GeoReport v2 share.
 *
 * Source: open311/open311.github.io, GeoReport/v2 (frozen), and the extensions in common use (page, page_size,
 * updated_after, updated_before, extensions, servicerequestupdates; cursor is our own, in the header Link). A request
 * is a published letter, by its number; what the view open_letter does not show does not exist here. */
#ifndef OPEN311_H
#define OPEN311_H

#include "open311_write.h"
#include "page.h"
#include "queries_read.h"
#include "states.h"
#include "worktime.h"

#define O311_BASE "/open311/v2"
#define O311_TEST "/open311/test"    /* the same letters; what is sent is checked and not kept */
#define O311_LIST_MAX 1000           /* of an answer */
#define O311_SPAN_DAYS 90
#define O311_NUMBERS_MAX 200         /* of service_request_id */
#define O311_TEXT_MAX 4000           /* characters of a description */

/* Errors collected so far; form mistakes among them. */
struct o311 {
	struct page *p;
	enum o311_form form;
	bool test;                       /* asked below O311_TEST */
	json_t *errors;                  /* NULL: none yet */
	int status;                      /* of the first of them */
};

struct o311 o311_begin(struct page *p);
/* One mistake more: "field: words". status: 400, 403 or 404. */
void o311_fail(struct o311 *o, int status, const char *field, const char *words);
/* The form's mistakes as errors; true when there is any. */
bool o311_wrong(struct o311 *o);
/* Answers with the errors; 0. */
int o311_refuse(struct o311 *o);

/* --- open311.c: services, tokens, discovery --- */

/* The service of a type, as in the list. */
json_t *o311_service(struct page *p, const struct worktime *wt, enum ticket_type type);
int o311_services(struct o311 *o) MUST_CHECK;

/* --- open311_ask.c: what is asked --- */

struct o311_ask {
	int64_t from, to;                /* received */
	int64_t since, until;            /* changed */
	bool by_change;                  /* nothing but the time of the change was asked for */
	const char *types;               /* codes by commas */
	bool open, done;
	int64_t page, size;
	bool numbered;                   /* by pages the caller counts */
	int64_t before_key, before_id;   /* the last of the page before; INT64_MAX: none */
	bool resumed;                    /* by a cursor of ours: size is a ceiling */
};

struct o311_ask o311_ask_requests(struct o311 *o);
struct o311_ask o311_ask_updates(struct o311 *o);
/* The one that changed last. */
struct o311_ask o311_ask_latest(struct arena *a);
/* key: what the list is sorted by, a day or a time. */
const char *o311_cursor(struct arena *a, int64_t key, int64_t id);
/* The pieces of a list by commas, without blanks around them and empty ones. */
char **o311_pieces(struct arena *a, const char *s, size_t *ret_n);

/* --- open311_list.c: requests --- */

int o311_requests(struct o311 *o) MUST_CHECK;
int o311_request(struct o311 *o, const char *number) MUST_CHECK;
int o311_updates(struct o311 *o) MUST_CHECK;
/* The latest published letter as a list of one, for the page for developers; an empty list when there is none yet. */
int o311_latest(struct page *p, json_t **ret) MUST_CHECK;

#endif
