#ifndef VIEW_DESK_HOME_H
#define VIEW_DESK_HOME_H

#include "_desk_rows.h"
#include "_figures.h"
#include "choice.h"
#include "frame.h"

/* A letter the person did something to. */
struct desk_touched {
	const char *number, *title;
	struct part_status status;
	const char *at;                  /* 11月20日 09:12 */
};

/* The start page of the desk: numbers that are links, and the letters to do first. */
struct view_desk_home {
	const struct frame *frame;
	const char *hello;               /* 王芳，上午好 */
	const char *day;                 /* 11月22日（星期日），休息日 */
	const char *last_login;          /* 上次登录：11月20日 09:12; "" */
	bool reads;                      /* may read letters at all */
	bool works;                      /* on letters of some state; else no list of what to do first */
	const char *scope;               /* 全市 / 市城管局: what the figures are about */
	struct part_figures todo;        /* my own work */
	struct part_figures due;
	const struct choice *states;     /* all open letters by state; hint: how many */
	size_t states_n;
	struct part_desk_rows first;     /* at most ten */
	struct url all;                  /* the whole list */
	const struct choice *saved;      /* lists kept under a name; hint: how many letters, "" for not counted */
	size_t saved_n;
	const struct desk_touched *touched;
	size_t touched_n;
	const char *known_until;         /* a warning when the calendar ends soon; "" */
	bool rules;                      /* this person may look at the rules, and so at what is to be done about it */
};

void view_desk_home(struct str *o, const struct view_desk_home *v);

#endif
