#ifndef PART_DESK_FOOT_H
#define PART_DESK_FOOT_H

#include "frame.h"

void part_desk_foot(struct str *o, const struct frame *v);

#endif
