/* open_withheld - see open_withheld.h. */
#include "open_withheld.h"

#include "open_filter.h"

#define SKIP_MAX 100000        /* rows of one day */

int open_withheld(struct page *p, const char *cursor, size_t n, struct open_withheld *ret)
{
	int32_t on = OPEN_DAY_LAST, last;
	int64_t skip = 0;
	size_t same = 0;
	int rc = cursor != NULL ? open_cursor_read(cursor, &on, &skip) : 0;

	*ret = (struct open_withheld){ .first = cursor == NULL };
	if (rc == 0 && skip > SKIP_MAX)
		rc = err_set(ERR_INVALID, "cursor that skips too much");
	if (rc == 0)
		rc = q_withheld_page(p->db, p->a, on, (int64_t)n + 1, skip, &ret->rows, &ret->n);
	if (rc != 0 || ret->n <= n)
		return rc;
	ret->n = n;
	last = ret->rows[n - 1].replied_on;
	while (same < n && ret->rows[n - 1 - same].replied_on == last)
		same++;
	ret->next = open_cursor(p->a, last, (int64_t)same + (last == on ? skip : 0));
	return 0;
}
