/* open_terms - the terms in force in words, for the pages that tell citizens how long something takes. Pure. */
#ifndef OPEN_TERMS_H
#define OPEN_TERMS_H

#include "arena.h"
#include "sla.h"

/* 10 个工作日; 当天 for a term of nought; — for NULL. */
const char *open_terms_words(struct arena *a, const struct sla_policy *policy);
/* 经批准可以延期，最长 15 个工作日; 不延期; — for NULL. */
const char *open_terms_limit(struct arena *a, const struct sla_policy *policy);
/* "建议答复时限（国办发〔2014〕57号）" → "依据：国办发〔2014〕57号"; "" for grounds that name no document (〔…〕) and no article
 * (条): such a term is the office's own word. */
const char *open_terms_basis(struct arena *a, const char *grounds);

#endif
