/* desk_sample - what the pages of sampling share. Used by desk_sample*.c alone. */
#ifndef DESK_SAMPLE_H
#define DESK_SAMPLE_H

#include "admin.h"
#include "sample.h"

/* The number in the address; ERR_NOTFOUND when it is none. */
int desk_sample_id(const struct page *p, int64_t *ret) MUST_CHECK;
/* 已公告，等待抽取 …: of sample.state. */
const char *desk_sample_state(const char *code);

#endif
