/* rules_preview - what a rule of lights or reminders would do, said before it is added: a form is shown once more with
 * what was typed and what would come of it, and the same texts sent again add the rule. Used by rules_*.c alone. */
#ifndef RULES_PREVIEW_H
#define RULES_PREVIEW_H

#include "rule_add.h"
#include "rules.h"
#include "views/admin_form.h"

/* The field that says what was looked at. */
#define RULES_SEEN_FIELD { "seen", FIELD_TOKEN, .max = 64 }
/* Whether what is in the form was looked at: every field is as it was then. */
bool rules_seen(struct page *p, const struct form_def *def);
/* Makes the form one that asks: words above it, and the button that adds. */
void rules_ask(struct page *p, const struct form_def *def, const char *words, struct view_admin_form *v);

/* 按今天算，在办的信里有 27 封会换灯：… */
int rules_light_words(struct page *p, const struct rule_new *rule, struct sla_thresholds at,
	const char **ret) MUST_CHECK;
/* 正在走的 120 个时限照旧；… 例如今天开始、12月13日到期的：… */
int rules_ladder_words(struct page *p, const struct rule_new *rule, const struct ladder *ladder,
	const char **ret) MUST_CHECK;

#endif
