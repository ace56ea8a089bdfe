#ifndef PART_PUBLIC_FOOT_H
#define PART_PUBLIC_FOOT_H

#include "frame.h"

void part_public_foot(struct str *o, const struct frame *v);

#endif
