/* open_dataset - see open_dataset.h. */
#include "open_dataset.h"

#include <string.h>

#include "str.h"

const struct dataset_row dataset_rows[DATASET__MAX] = {
#define DATASET(code, title, words, cycle, frequency, page, keywords) \
	{ #code, title, words, cycle, frequency, page, keywords },
#include "datasets.tbl"
};
const struct dataset_file dataset_files[] = {
#define FILE_OF(set, path, media, format, words) { DATASET_##set, path, media, format, words },
#include "datasets.tbl"
};
const size_t dataset_files_n = sizeof(dataset_files) / sizeof(dataset_files[0]);

bool dataset_is_pattern(const struct dataset_file *f)
{
	return strchr(f->path, '{') != NULL;
}

/* --- JSON-LD --- */

static json_t *id(const char *iri)
{
	return json_pack("{s:s}", "@id", iri);
}

static json_t *zh(const char *text)
{
	return json_pack("{s:s,s:s}", "@value", text, "@language", "zh-CN");
}

static json_t *context(void)
{
	return json_pack("{s:s,s:s,s:s,s:s,s:s}", "dcat", "http://www.w3.org/ns/dcat#", "dct", "http://purl.org/dc/terms/",
		"foaf", "http://xmlns.com/foaf/0.1/", "vcard", "http://www.w3.org/2006/vcard/ns#", "xsd",
		"http://www.w3.org/2001/XMLSchema#");
}

/* dct:language is a thing of its own (dct:LinguisticSystem), not a word. */
static json_t *chinese(void)
{
	return id("http://id.loc.gov/vocabulary/iso639-1/zh");
}

/* "application/json" as the address that DCAT wants. */
static json_t *media_type(struct arena *a, const char *media)
{
	return id(arena_printf(a, "https://www.iana.org/assignments/media-types/%s", media));
}

static json_t *distribution(struct arena *a, const struct dataset_about *about, const struct dataset_part *f)
{
	const char *url = arena_printf(a, "%s%s", about->site, f->path);
	json_t *o = json_object();

	json_object_set_new(o, "@type", json_string("dcat:Distribution"));
	json_object_set_new(o, "dct:title", zh(f->title));
	json_object_set_new(o, "dcat:accessURL", id(url));
	json_object_set_new(o, "dcat:downloadURL", id(url));
	json_object_set_new(o, "dcat:mediaType", media_type(a, f->media));
	json_object_set_new(o, "dct:license", id(about->licence_url));
	return o;
}

static json_t *keywords(struct arena *a, const char *words)
{
	json_t *list = json_array();
	size_t n;
	char **each = str_split(a, arena_strdup(a, words), ' ', &n);

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, zh(each[i]));
	return list;
}

static json_t *distributions(struct arena *a, const struct dataset_about *about, enum dataset which)
{
	json_t *list = json_array();

	for (size_t i = 0; i < dataset_files_n; i++) {
		const struct dataset_file *f = &dataset_files[i];

		if (f->of == which && !dataset_is_pattern(f))
			json_array_append_new(list, distribution(a, about, &(struct dataset_part){ f->words, f->path, f->media }));
	}
	for (size_t i = 0; which == DATASET_letters && i < about->parts_n; i++)
		json_array_append_new(list, distribution(a, about, &about->parts[i]));
	return list;
}

static json_t *dataset(struct arena *a, const struct dataset_about *about, enum dataset which)
{
	const struct dataset_row *d = &dataset_rows[which];
	json_t *o = json_object();

	json_object_set_new(o, "@id", json_string(arena_printf(a, "%s/data#set-%s", about->site, d->code)));
	json_object_set_new(o, "@type", json_string("dcat:Dataset"));
	json_object_set_new(o, "dct:identifier", json_string(d->code));
	json_object_set_new(o, "dct:title", zh(d->title));
	json_object_set_new(o, "dct:description", zh(d->words));
	json_object_set_new(o, "dct:publisher", id(arena_printf(a, "%s/#publisher", about->site)));
	json_object_set_new(o, "dcat:contactPoint", id(arena_printf(a, "%s/#contact", about->site)));
	json_object_set_new(o, "dct:accrualPeriodicity",
		id(arena_printf(a, "http://purl.org/cld/freq/%s", d->frequency)));
	json_object_set_new(o, "dct:language", chinese());
	json_object_set_new(o, "dct:license", id(about->licence_url));
	json_object_set_new(o, "dcat:landingPage", id(arena_printf(a, "%s%s", about->site, d->page)));
	json_object_set_new(o, "dcat:keyword", keywords(a, d->keywords));
	json_object_set_new(o, "dcat:distribution", distributions(a, about, which));
	return o;
}

json_t *open_dataset_dcat(struct arena *a, const struct dataset_about *about)
{
	json_t *o = json_object(), *sets = json_array();

	for (int i = 0; i < DATASET__MAX; i++)
		json_array_append_new(sets, dataset(a, about, (enum dataset)i));
	json_object_set_new(o, "@context", context());
	json_object_set_new(o, "@id", json_string(arena_printf(a, "%s/data", about->site)));
	json_object_set_new(o, "@type", json_string("dcat:Catalog"));
	json_object_set_new(o, "dct:title", zh(about->title));
	json_object_set_new(o, "dct:description", zh(about->words));
	json_object_set_new(o, "dct:language", chinese());
	json_object_set_new(o, "dct:publisher", json_pack("{s:s,s:s,s:o}", "@id",
		arena_printf(a, "%s/#publisher", about->site), "@type", "foaf:Organization", "foaf:name",
		zh(about->publisher)));
	json_object_set_new(o, "dcat:contactPoint", json_pack("{s:s,s:s,s:o,s:o}", "@id",
		arena_printf(a, "%s/#contact", about->site), "@type", "vcard:Organization", "vcard:fn", zh(about->publisher),
		"vcard:hasURL", id(about->contact_url)));
	json_object_set_new(o, "foaf:homepage", id(arena_printf(a, "%s/data", about->site)));
	json_object_set_new(o, "dct:license", id(about->licence_url));
	json_object_set_new(o, "dcat:dataset", sets);
	return o;
}
