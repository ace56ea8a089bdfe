/* ctl_rescan - minshengctl rescan: everything published is looked at again for personal data; slad does it. */
#include "clock.h"
#include "ctl.h"
#include "queries.h"
#include "rescan.h"

static int status(struct ctl *c)
{
	struct q_rescan_list *rows = NULL;
	struct q_rescan_open open;
	struct str o;
	size_t n = 0;
	int r = q_rescan_list(c->db, c->a, &rows, &n);

	if (r == 0)
		r = q_rescan_open(c->db, c->a, &open);
	if (r < 0)
		return ctl_fail(r);
	str_init(&o, c->a, 1 << 16);
	for (size_t i = 0; i < n; i++)
		str_addf(&o, "%s　规则第 %lld 版　%s　已看 %lld / %lld 封，%lld 封里有 %lld 处%s\n",
			clock_fmt(c->a, rows[i].asked_at), (long long)rows[i].rules,
			rows[i].done_at != TIME_NONE ? "完成" : "进行中", (long long)rows[i].looked, (long long)rows[i].total,
			(long long)rows[i].letters, (long long)rows[i].finds,
			rows[i].uncompared > 0 ? arena_printf(c->a, "；%lld 封没能与写信人信息比对", (long long)rows[i].uncompared)
			: "");
	str_addf(&o, "等待处理：%lld 封，%lld 处\n", (long long)open.letters, (long long)open.finds);
	return ctl_print(&o);
}

int ctl_rescan(struct ctl *c)
{
	bool show = ctl_flag(c, "--status");
	int r;

	if (c->argc > 1)
		return ctl_usage("rescan [--status]");
	if (show)
		return status(c);
	r = rescan_start(c->db, 0);
	return r < 0 ? ctl_fail(r) : status(c);
}
