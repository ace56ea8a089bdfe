/* desk_review - letter and proposed answer side by side, and what the reviewer says to it.
 *
 * The decision itself is an action like any other (desk_act.c); here is its page, also when something was wrong with
 * it. */
#ifndef DESK_REVIEW_H
#define DESK_REVIEW_H

#include "desk.h"

/* Paragraphs that can be spoken to one by one: fields p1 … p40 of form_act. */
#define REVIEW_PARAGRAPHS_MAX 40

/* The words at places of the answer, from the form into the action. */
int desk_review_words(struct page *p, const struct desk_letter *l, struct act *act) MUST_CHECK;
/* The page once more, with what was typed for that action and what was wrong with it. */
int desk_review_again(struct page *p, const struct desk_letter *l, enum action a) MUST_CHECK;

#endif
