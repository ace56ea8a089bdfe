/* demo - the demo city: units, officers and letters in every state, played from sql/demo/city.json.
 *
 * Nothing is put into tables behind the domain's back: every letter is handed in and led on through intake.h and
 * ticket.h, each step by an officer who may do it, at a moment of the working days before today. The format of the file
 * stands in sql/demo/README.md. */
#ifndef DEMO_H
#define DEMO_H

#include "db.h"
#include "str.h"

/* Loads data_dir/demo/city.json, all of it or nothing; db is the migrate account's. Writes the accounts with their
 * password to dir/demo-accounts.txt and the letters with their query codes to dir/demo-letters.txt, both 0600. Does
 * nothing when there are officers already, and says so in o. ERR_INVALID, or the domain's error, with letter and step
 * in the detail. */
int demo_load(struct db *db, struct arena *a, struct str *o) MUST_CHECK;

#endif
