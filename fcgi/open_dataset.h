/* open_dataset - what data there is to take, from datasets.tbl: for the page /data and, as DCAT, for catalogues.
 *
 * DCAT 3 (W3C Recommendation) as JSON-LD, with its context inside: nothing has to be fetched to read it. Pure. */
#ifndef OPEN_DATASET_H
#define OPEN_DATASET_H

#include <jansson.h>
#include <stdbool.h>

#include "arena.h"

enum dataset {
#define DATASET(code, ...) DATASET_##code,
#include "datasets.tbl"
	DATASET__MAX
};
struct dataset_row { const char *code, *title, *words, *cycle, *frequency, *page, *keywords; };
struct dataset_file { enum dataset of; const char *path, *media, *format, *words; };
extern const struct dataset_row dataset_rows[DATASET__MAX];
extern const struct dataset_file dataset_files[];
extern const size_t dataset_files_n;

/* "/data/letters/{…}.csv": no address by itself. */
bool dataset_is_pattern(const struct dataset_file *f);
/* A file of its own, beside those of datasets.tbl: a year of letters. */
struct dataset_part { const char *title, *path, *media; };
/* Of whom, and where. site: without a slash at the end. */
struct dataset_about {
	const char *site, *title, *words, *publisher, *contact_url, *licence_url;
	const struct dataset_part *parts;    /* of the letters */
	size_t parts_n;
};
/* The catalogue. The caller owns the reference. */
json_t *open_dataset_dcat(struct arena *a, const struct dataset_about *about);

#endif
