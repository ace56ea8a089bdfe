/* chore - see chore.h. */
#include "chore.h"

#include "err.h"

static int64_t back_ms(int r, int failures)
{
	bool away = r == ERR_DB || r == ERR_DOWN || r == ERR_RETRY;
	int64_t most = away ? CHORE_AWAY_MOST_MS : CHORE_BACK_MOST_MS, ms = CHORE_BACK_MS;

	for (int i = 1; i < failures && ms < most; i++)
		ms *= 2;
	return ms < most ? ms : most;
}

bool chore_after(const struct chore *chore, struct chore_state *s, int r, size_t done, int64_t mono_ms,
                 int64_t tick_ms)
{
	bool failed_before = s->failures > 0;

	if (r < 0) {
		if (s->failures < 1 << 30)
			s->failures++;
		s->next_ms = mono_ms + back_ms(r, s->failures);
		return (s->failures & (s->failures - 1)) == 0;
	}
	s->failures = 0;
	s->next_ms = mono_ms;
	if (done == 0)
		s->next_ms += chore->every_ms ? chore->every_ms : tick_ms;
	return failed_before;
}
