/* desk_score - what the pages of the scorecard share. Used by desk_score*.c alone. */
#ifndef DESK_SCORE_H
#define DESK_SCORE_H

#include "admin.h"
#include "score.h"

/* 起草 …: of score_plan.state. 评分中 …: of score_card.state. */
const char *desk_score_plan_state(const char *code);
const char *desk_score_card_state(const char *code);

#endif
