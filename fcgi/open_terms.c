/* open_terms - see open_terms.h. */
#include "open_terms.h"

#include <string.h>

#include "show.h"

const char *open_terms_words(struct arena *a, const struct sla_policy *policy)
{
	if (policy == NULL)
		return "—";
	return policy->amount == 0 ? "当天" : show_term(a, policy->amount, policy->unit);
}

const char *open_terms_limit(struct arena *a, const struct sla_policy *policy)
{
	if (policy == NULL)
		return "—";
	if (policy->max_amount <= policy->amount)
		return "不延期";
	return arena_printf(a, "经批准可以延期，最长 %s", show_term(a, policy->max_amount, policy->unit));
}

const char *open_terms_basis(struct arena *a, const char *grounds)
{
	const char *from = strstr(grounds, "（"), *to = from != NULL ? strstr(from, "）") : NULL;
	const char *rule;

	if (to == NULL)
		return "";
	from += strlen("（");
	rule = arena_strndup(a, from, (size_t)(to - from));
	return strstr(rule, "〔") != NULL || strstr(rule, "条") != NULL ? arena_printf(a, "依据：%s", rule) : "";
}
