/* figures - see figures.h. */
#include "figures.h"

const char *figure_count(struct arena *a, int64_t n)
{
	if (n < 1000)
		return arena_printf(a, "%lld", (long long)n);
	return arena_printf(a, "%s,%03lld", figure_count(a, n / 1000), (long long)(n % 1000));
}

const char *figure_share(struct arena *a, int64_t part, int64_t whole)
{
	int64_t tenths = whole > 0 ? (part * 2000 + whole) / (2 * whole) : -1;

	return tenths < 0 ? "—" : arena_printf(a, "%lld.%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
}

const char *figure_tenths(struct arena *a, int64_t tenths)
{
	return tenths < 0 ? "—" : arena_printf(a, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

const char *figure_on_time(struct arena *a, const struct stats_line *line)
{
	return figure_share(a, line->n[STATS_on_time], line->n[STATS_due]);
}
