#ifndef PART_PUBLIC_HEAD_H
#define PART_PUBLIC_HEAD_H

#include "frame.h"

void part_public_head(struct str *o, const struct frame *v);

#endif
