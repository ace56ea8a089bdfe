/* desk_sample - what the pages of sampling share. Used by desk_sample*.c alone. */
#ifndef DESK_SAMPLE_H
#define DESK_SAMPLE_H

#include "admin.h"
#include "sample.h"

/* 已公告，等待抽取 …: of sample.state. */
const char *desk_sample_state(const char *code);

#endif
