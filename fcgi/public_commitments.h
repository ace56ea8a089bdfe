/* public_commitments - what answers promised for a day, for other public pages. */
#ifndef PUBLIC_COMMITMENTS_H
#define PUBLIC_COMMITMENTS_H

#include "page.h"

/* 近一年承诺 3 件，已兑现 2 件，1 件还没有到期。 of one unit; "" when it promised nothing. One query. */
int public_commitments_words(struct page *p, int64_t unit_id, const char **ret) MUST_CHECK;

#endif
