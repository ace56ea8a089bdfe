#ifndef PART_DESK_HEAD_H
#define PART_DESK_HEAD_H

#include "frame.h"

void part_desk_head(struct str *o, const struct frame *v);

#endif
