-- What each account may do, and no more. Applied by `minshengctl migrate` whenever this file has changed.
-- The test sql/grants prepares every query as each account named in its `-- for:` line, and tries what must be refused.

-- Citizens' site: takes letters in, carries out what a writer does to a letter, reads the public tables and, of the one letter whose
-- query code was given, the track_ views (sql/schema/0090). Never: contact data, texts behind the views, query codes, drafts, officers.
GRANT SELECT ON unit TO ms_public;
GRANT SELECT ON unit_card TO ms_public;
GRANT SELECT ON calendar_version TO ms_public;
GRANT SELECT ON calendar_year TO ms_public;
GRANT SELECT ON calendar_day TO ms_public;
GRANT SELECT ON sla_policy TO ms_public;
GRANT SELECT (id, title, reason) ON clock_change TO ms_public;
GRANT SELECT ON sla_light TO ms_public;
GRANT SELECT ON sla_ladder TO ms_public;
GRANT SELECT ON sla_step TO ms_public;
GRANT SELECT (id, no, type, state, pub_state, version, round, unit_id, handler_id, publish_ok, received_at, received_on, accepted_at,
  due_on, due_provisional, first_due_on, replied_at, reply_workdays, closed_at, result_code, reason_code, master_id, grade,
  topic_id, simulated, marks, signs),
  INSERT (no, type, channel, state, version, title, unit_id, wanted_unit_id, publish_ok, received_at, received_on, accepted_at, due_on,
  due_provisional, first_due_on),
  UPDATE (state, pub_state, version, round, unit_id, handler_id, accepted_at, due_on, due_provisional, first_due_on, replied_at,
  reply_workdays, closed_at, result_code, reason_code, master_id, grade, asks, review_level,
  marks, simulated, signs, moved_on) ON ticket TO ms_public;
GRANT SELECT ON same_number TO ms_public;
GRANT SELECT (id, ticket_id, state, open), UPDATE (state, closed_at) ON supervision_order TO ms_public;
GRANT INSERT ON ticket_text TO ms_public;
GRANT INSERT ON ticket_gram TO ms_public;
GRANT INSERT ON ticket_code TO ms_public;
GRANT SELECT, INSERT, UPDATE, DELETE ON code_try TO ms_public;
GRANT SELECT, INSERT, UPDATE, DELETE ON kept_letter TO ms_public;
GRANT INSERT ON contact TO ms_public;
GRANT INSERT ON contact_key TO ms_public;
GRANT SELECT, INSERT ON idem TO ms_public;
GRANT SELECT, INSERT ON external_no TO ms_public;
GRANT SELECT (ticket_id, action), INSERT ON history TO ms_public;
GRANT SELECT (id, ticket_id, unit_id, role, assigned_at, ended_at), UPDATE (ended_at) ON assignment TO ms_public;
GRANT SELECT (ticket_id, unit_id) ON objection TO ms_public;
GRANT SELECT (ticket_id), UPDATE (answer, answered_at) ON supplement TO ms_public;
GRANT SELECT (id, ticket_id, kind, state, author_id, level) ON reply TO ms_public;
GRANT SELECT (ticket_id, days, decision, requested_by) ON extension TO ms_public;
GRANT SELECT (ticket_id, round, due_on) ON instruction TO ms_public;
GRANT SELECT, DELETE ON proposal TO ms_public;
GRANT SELECT (ticket_id, round), INSERT ON evaluation TO ms_public;
GRANT SELECT (ticket_id), INSERT ON follow_up TO ms_public;
GRANT SELECT (ticket_id, round), INSERT ON nudge TO ms_public;
GRANT SELECT (ticket_id, seq, author_id) ON edition TO ms_public;
GRANT SELECT, INSERT, UPDATE ON timer TO ms_public;
GRANT SELECT, INSERT, UPDATE (to_on) ON timer_pause TO ms_public;
GRANT INSERT, SELECT (id, timer_id, what, due_at, at, old_due_on, new_due_on, change_id, step_id, step_on) ON timer_event TO ms_public;
GRANT INSERT, SELECT (next_at, state, gather) ON outbox TO ms_public;
GRANT SELECT ON track_code TO ms_public;
GRANT SELECT ON track_ticket TO ms_public;
GRANT SELECT ON track_history TO ms_public;
GRANT SELECT ON track_reply TO ms_public;
GRANT SELECT ON track_more TO ms_public;
GRANT SELECT ON open_letter TO ms_public;
GRANT SELECT ON open_line TO ms_public;
GRANT SELECT ON open_withheld TO ms_public;
GRANT SELECT ON pub_count TO ms_public;
GRANT SELECT ON pub_version TO ms_public;
GRANT SELECT ON place TO ms_public;
GRANT SELECT, INSERT, UPDATE ON pub_helpful TO ms_public;
GRANT SELECT ON pub_duty TO ms_public;
GRANT SELECT ON pub_commitment TO ms_public;
GRANT SELECT ON pub_gone TO ms_public;
GRANT SELECT (ticket_id, unit_id, lifted_at), INSERT ON recusal TO ms_public;
GRANT SELECT ON stat_day TO ms_public;
GRANT SELECT ON check_sheet TO ms_public;
GRANT SELECT ON check_item TO ms_public;
GRANT SELECT ON sample TO ms_public;
GRANT SELECT ON sample_unit TO ms_public;
GRANT SELECT (id, sample_id, unit_id, turn, passed, first_passed, first_points) ON sample_letter TO ms_public;
GRANT SELECT (id, letter_id, turn) ON sample_check TO ms_public;
GRANT SELECT (check_id, item_id, points) ON sample_mark TO ms_public;
GRANT SELECT ON score_plan TO ms_public;
GRANT SELECT ON score_indicator TO ms_public;
GRANT SELECT ON score_tier TO ms_public;
GRANT SELECT ON score_card TO ms_public;
GRANT SELECT ON score_line TO ms_public;
GRANT SELECT ON score_total TO ms_public;
GRANT SELECT ON pub_report TO ms_public;
GRANT SELECT ON pub_report_part TO ms_public;
GRANT SELECT ON stat_cell TO ms_public;
GRANT SELECT ON topic TO ms_public;
GRANT SELECT (id) ON topic_event TO ms_public;
GRANT SELECT, INSERT ON stat_delta TO ms_public;
GRANT SELECT (id, ik) ON simulation TO ms_public;
GRANT SELECT (id, name, scope, answer, per_day, hash, revoked_at) ON api_key TO ms_public;
GRANT SELECT, INSERT, UPDATE ON api_key_day TO ms_public;
GRANT SELECT (ticket_id, token), INSERT ON api_letter TO ms_public;

GRANT SELECT ON search_queue TO ms_public;
GRANT SELECT (one, ready) ON search_state TO ms_public;
GRANT SELECT ON search_alive TO ms_public;
GRANT SELECT ON search_doc TO ms_public;

-- The desk: everything about letters but who wrote them.
GRANT SELECT, INSERT, UPDATE (parent_id, code, name, short_name, kind, sort_order, takes_letters, active) ON unit TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON unit_card TO ms_desk;
GRANT SELECT, INSERT, UPDATE (to_on, filed_on, filed_as, undone_at) ON unit_duty TO ms_desk;
GRANT SELECT, INSERT, UPDATE (name, unit_id, active, mail) ON officer TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON officer_secret TO ms_desk;
GRANT SELECT, INSERT, DELETE ON officer_role TO ms_desk;
GRANT SELECT, INSERT, UPDATE (stand_in_id, ended_at) ON absence TO ms_desk;
GRANT SELECT ON lent_role TO ms_desk;
GRANT SELECT, INSERT ON org_event TO ms_desk;
GRANT SELECT, INSERT, UPDATE (revoked_by, revoked_at, why) ON api_key TO ms_desk;
GRANT SELECT ON api_key_day TO ms_desk;
GRANT SELECT, INSERT, UPDATE (seen_at), DELETE ON session TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON login_try TO ms_desk;
GRANT SELECT, INSERT ON calendar_version TO ms_desk;
GRANT SELECT, INSERT ON calendar_year TO ms_desk;
GRANT SELECT, INSERT ON calendar_day TO ms_desk;
GRANT SELECT, INSERT ON sla_policy TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON clock_change TO ms_desk;
GRANT SELECT, INSERT, DELETE ON clock_move TO ms_desk;
GRANT SELECT, INSERT, UPDATE (valid_to) ON sla_light TO ms_desk;
GRANT SELECT, INSERT, UPDATE (valid_to) ON sla_ladder TO ms_desk;
GRANT SELECT, INSERT ON sla_step TO ms_desk;
GRANT SELECT, INSERT, UPDATE (state, pub_state, version, round, unit_id, handler_id, accepted_at, due_on, due_provisional, first_due_on,
  replied_at, reply_workdays, closed_at, result_code, reason_code, master_id, grade, asks, review_level,
  marks, type, topic_id, signs, pressed, moved_on) ON ticket TO ms_desk;
GRANT SELECT ON same_number TO ms_desk;
GRANT SELECT, INSERT, UPDATE (state, due_on, received_by, received_at, closed_by, closed_at) ON supervision_order TO ms_desk;
GRANT SELECT, INSERT, UPDATE (decision, decision_words, decided_by, decided_at) ON order_feedback TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON watch_no TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON circular TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON circular_entry TO ms_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON circular_unit TO ms_desk;
GRANT SELECT, INSERT ON talk TO ms_desk;
GRANT SELECT, INSERT ON ticket_text TO ms_desk;
GRANT SELECT, INSERT ON ticket_gram TO ms_desk;
GRANT SELECT, INSERT, UPDATE (name, filter, is_start), DELETE ON saved_view TO ms_desk;
GRANT SELECT, INSERT ON export_log TO ms_desk;
GRANT INSERT ON ticket_code TO ms_desk;
GRANT SELECT (ticket_id, has_phone, has_email), INSERT ON contact TO ms_desk;
GRANT SELECT, INSERT ON contact_key TO ms_desk;
GRANT SELECT, INSERT ON registration TO ms_desk;
GRANT SELECT, INSERT ON caller_lookup TO ms_desk;
GRANT SELECT ON reveal TO ms_desk;
GRANT SELECT, INSERT ON idem TO ms_desk;
GRANT SELECT, INSERT ON external_no TO ms_desk;
GRANT SELECT, INSERT ON history TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON assignment TO ms_desk;
GRANT SELECT, INSERT, UPDATE (decision) ON objection TO ms_desk;
GRANT SELECT, INSERT ON supplement TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON reply TO ms_desk;
GRANT SELECT, INSERT ON review TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON reply_version TO ms_desk;
GRANT SELECT, INSERT, UPDATE (done_at, done_by) ON review_comment TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON presence TO ms_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON text_block TO ms_desk;
GRANT SELECT (unit_id, phone) ON unit_card TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON extension TO ms_desk;
GRANT SELECT, INSERT ON instruction TO ms_desk;
GRANT SELECT, INSERT, UPDATE (to_at) ON suspension TO ms_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON proposal TO ms_desk;
GRANT SELECT, INSERT, UPDATE (feedback, feedback_at) ON supervision TO ms_desk;
GRANT SELECT, INSERT, UPDATE (lifted_at, lifted_by) ON recusal TO ms_desk;
GRANT SELECT ON evaluation TO ms_desk;
GRANT SELECT ON follow_up TO ms_desk;
GRANT SELECT ON nudge TO ms_desk;
GRANT SELECT, INSERT ON edition TO ms_desk;
GRANT SELECT, INSERT ON rescan TO ms_desk;
GRANT SELECT, UPDATE (kept_by, kept_at) ON rescan_find TO ms_desk;
GRANT SELECT, INSERT ON edition_approval TO ms_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON pub_letter TO ms_desk;
GRANT SELECT ON pub_address TO ms_desk;
GRANT SELECT ON place_word TO ms_desk;
GRANT SELECT ON open_letter TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON timer TO ms_desk;
GRANT SELECT, INSERT, UPDATE (to_on) ON timer_pause TO ms_desk;
GRANT SELECT, INSERT ON timer_event TO ms_desk;
GRANT SELECT, INSERT ON outbox TO ms_desk;
GRANT SELECT, INSERT ON paper TO ms_desk;
GRANT SELECT, INSERT, UPDATE (frozen_id, before_id, extra, edited_by, edited_at, version, state, signed_by, signed_at, published_at,
  paper_id) ON report TO ms_desk;
GRANT SELECT, INSERT ON report_part TO ms_desk;
GRANT SELECT, INSERT ON report_event TO ms_desk;
GRANT SELECT, INSERT ON paper_taken TO ms_desk;
GRANT SELECT ON stat_day TO ms_desk;
GRANT SELECT ON stat_cell TO ms_desk;
GRANT SELECT, INSERT, UPDATE (signed_by, signed_at, note) ON stat_frozen TO ms_desk;
GRANT SELECT, INSERT, UPDATE (name, active, version) ON topic TO ms_desk;
GRANT SELECT, INSERT ON topic_event TO ms_desk;
GRANT SELECT, INSERT ON stat_delta TO ms_desk;
GRANT SELECT, INSERT ON alarm_rule TO ms_desk;
GRANT SELECT, INSERT ON alarm_set TO ms_desk;
GRANT SELECT, INSERT ON alarm_set_rule TO ms_desk;
GRANT SELECT ON timer_stuck TO ms_desk;
GRANT SELECT ON alarm TO ms_desk;
GRANT SELECT, INSERT, UPDATE (active) ON patrol_target TO ms_desk;
GRANT SELECT ON patrol_visit TO ms_desk;
GRANT SELECT, INSERT ON patrol_note TO ms_desk;
GRANT SELECT, INSERT, UPDATE (first_at, full_at, closed_at, version) ON incident TO ms_desk;
GRANT SELECT, INSERT ON incident_report TO ms_desk;
GRANT SELECT, UPDATE (ended_at, ended_by) ON simulation TO ms_desk;
GRANT SELECT, INSERT, UPDATE (active) ON simulated_question TO ms_desk;
GRANT SELECT, INSERT ON simulation_switch TO ms_desk;

GRANT SELECT, INSERT ON check_sheet TO ms_desk;
GRANT SELECT, INSERT ON check_item TO ms_desk;
GRANT SELECT, INSERT, UPDATE (state, version, secret, factor, seed, frame_sha256, drawn_by, drawn_at, summary, rectify_by, published_by,
  published_at, outcome, closed_by, closed_at) ON sample TO ms_desk;
GRANT SELECT, INSERT ON sample_secret TO ms_desk;
GRANT SELECT, INSERT ON sample_unit TO ms_desk;
GRANT SELECT, INSERT, UPDATE (turn, passed, first_passed, first_points, redo, redo_round) ON sample_letter TO ms_desk;
GRANT SELECT, INSERT ON sample_check TO ms_desk;
GRANT SELECT, INSERT ON sample_mark TO ms_desk;
GRANT SELECT, INSERT, UPDATE (name, words, state, version, comment_until, comment_words, from_on, to_on, changed_by, changed_at)
  ON score_plan TO ms_desk;
GRANT SELECT, INSERT, UPDATE (name, weight, measure, full_at, zero_at, min_cases, how) ON score_indicator TO ms_desk;
GRANT SELECT, INSERT, UPDATE (from_points, name) ON score_tier TO ms_desk;
GRANT SELECT, INSERT, UPDATE (state, version, computed_at, signed_by, signed_at, sign_words, published_by, published_at)
  ON score_card TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON score_line TO ms_desk;
GRANT SELECT, INSERT, UPDATE ON score_total TO ms_desk;
GRANT SELECT, INSERT, UPDATE (undone_by, undone_at, undone_why) ON score_adjust TO ms_desk;

-- The clock: no people, and no texts but those that everybody may read.
GRANT SELECT ON unit TO ms_slad;
GRANT SELECT ON calendar_version TO ms_slad;
GRANT SELECT ON calendar_year TO ms_slad;
GRANT SELECT ON calendar_day TO ms_slad;
GRANT SELECT ON sla_policy TO ms_slad;
GRANT SELECT, UPDATE (state, pass, at_ticket, last_ticket, looked_at, to_move, to_confirm, moved, done_at) ON clock_change TO ms_slad;
GRANT SELECT, INSERT, UPDATE ON clock_move TO ms_slad;
GRANT SELECT ON sla_light TO ms_slad;
GRANT SELECT ON sla_ladder TO ms_slad;
GRANT SELECT (id) ON topic_event TO ms_slad;
GRANT SELECT ON sla_step TO ms_slad;
GRANT SELECT (id, no, type, state, pub_state, version, round, unit_id, handler_id, publish_ok, received_at, received_on, accepted_at,
  due_on, due_provisional, first_due_on, replied_at, reply_workdays, closed_at, result_code, reason_code, master_id, grade,
  topic_id, simulated, marks, review_level, open, pressed),
  UPDATE (state, pub_state, version, round, unit_id, handler_id, accepted_at, due_on, due_provisional, first_due_on, replied_at,
  reply_workdays, closed_at, result_code, reason_code, master_id, grade, asks, review_level,
  marks, pressed, moved_on) ON ticket TO ms_slad;
GRANT SELECT (id, ticket_id, state, open), UPDATE (state, closed_at) ON supervision_order TO ms_slad;
GRANT SELECT, INSERT ON circular_entry TO ms_slad;
GRANT SELECT (ticket_id, action), INSERT ON history TO ms_slad;
GRANT SELECT ON assignment TO ms_slad;
GRANT SELECT (ticket_id, unit_id) ON objection TO ms_slad;
GRANT SELECT (ticket_id) ON supplement TO ms_slad;
GRANT SELECT (id, ticket_id, kind, state, author_id, level) ON reply TO ms_slad;
GRANT SELECT (ticket_id, days, decision, requested_by) ON extension TO ms_slad;
GRANT SELECT (ticket_id, round, due_on) ON instruction TO ms_slad;
GRANT SELECT, UPDATE (to_at) ON suspension TO ms_slad;
GRANT SELECT ON proposal TO ms_slad;
GRANT INSERT ON supervision TO ms_slad;
GRANT SELECT (ticket_id, unit_id, lifted_at) ON recusal TO ms_slad;
GRANT SELECT (ticket_id, round) ON evaluation TO ms_slad;
GRANT SELECT (ticket_id) ON follow_up TO ms_slad;
GRANT SELECT (ticket_id, round) ON nudge TO ms_slad;
GRANT SELECT (id, ticket_id, seq, author_id) ON edition TO ms_slad;
GRANT SELECT, INSERT, UPDATE ON timer TO ms_slad;
GRANT SELECT, UPDATE (to_on) ON timer_pause TO ms_slad;
GRANT INSERT, SELECT (timer_id, step_id, step_on, ticket_id, at) ON timer_event TO ms_slad;
GRANT SELECT, INSERT, UPDATE, DELETE ON timer_stuck TO ms_slad;
GRANT INSERT, SELECT (alarm_id, role, state, last_error) ON outbox TO ms_slad;
GRANT SELECT, INSERT, UPDATE ON stat_day TO ms_slad;
GRANT SELECT, INSERT, UPDATE ON stat_cell TO ms_slad;
GRANT SELECT ON stat_lens TO ms_slad;
GRANT SELECT, UPDATE ON stat_made TO ms_slad;
GRANT SELECT ON topic TO ms_slad;
GRANT SELECT, INSERT, DELETE ON stat_delta TO ms_slad;
GRANT SELECT (seen_at), DELETE ON session TO ms_slad;
GRANT SELECT (last_at), DELETE ON code_try TO ms_slad;
GRANT SELECT (until_on), DELETE ON kept_letter TO ms_slad;
GRANT SELECT (wait_until), DELETE ON login_try TO ms_slad;
GRANT SELECT (seen_at), DELETE ON presence TO ms_slad;
GRANT SELECT ON alarm_rule TO ms_slad;
GRANT SELECT ON alarm_set TO ms_slad;
GRANT SELECT ON alarm_set_rule TO ms_slad;
GRANT SELECT, INSERT, UPDATE (cleared_at) ON alarm TO ms_slad;
GRANT SELECT (id, edition_id, published_at) ON pub_letter TO ms_slad;
GRANT SELECT ON open_letter TO ms_slad;
GRANT SELECT, INSERT, UPDATE (at_pub, looked, letters, finds, uncompared, done_at) ON rescan TO ms_slad;
GRANT INSERT ON rescan_find TO ms_slad;
GRANT SELECT ON patrol_target TO ms_slad;
GRANT SELECT ON patrol_visit TO ms_slad;
GRANT SELECT (id, no, found_at, first_at, full_at, closed_at) ON incident TO ms_slad;
GRANT SELECT (id, no, state, ended_at) ON simulation TO ms_slad;

-- The patrol: visits the public pages as anybody may, and hands in the simulated question. No letters, no people.
GRANT SELECT ON calendar_version TO ms_patrold;
GRANT SELECT ON calendar_year TO ms_patrold;
GRANT SELECT ON calendar_day TO ms_patrold;
GRANT SELECT ON sla_policy TO ms_patrold;
GRANT SELECT ON sla_light TO ms_patrold;
GRANT SELECT ON sla_ladder TO ms_patrold;
GRANT SELECT (id) ON topic_event TO ms_patrold;
GRANT SELECT ON sla_step TO ms_patrold;
GRANT SELECT, UPDATE (next_at) ON patrol_target TO ms_patrold;
GRANT SELECT, INSERT, DELETE ON patrol_visit TO ms_patrold;
GRANT SELECT ON simulation_switch TO ms_patrold;
GRANT SELECT (id, type, title, body, name, email, active) ON simulated_question TO ms_patrold;
GRANT SELECT, INSERT, UPDATE (state, next_at, tries, filed_at, no, query_code, last_error) ON simulation TO ms_patrold;

-- The search: published letters into the index, and nothing else.
GRANT SELECT ON open_letter TO ms_searchd;
GRANT SELECT, INSERT, UPDATE, DELETE ON search_queue TO ms_searchd;
GRANT SELECT, UPDATE ON search_state TO ms_searchd;
GRANT SELECT, INSERT, DELETE ON search_alive TO ms_searchd;
GRANT SELECT, INSERT, DELETE, CREATE, DROP, ALTER ON search_doc TO ms_searchd;
GRANT SELECT, INSERT, DELETE, CREATE, DROP, ALTER ON search_next TO ms_searchd;
GRANT SELECT, INSERT, DELETE, CREATE, DROP, ALTER ON search_old TO ms_searchd;

-- The vault: opens one contact, after writing who asked and why.
GRANT SELECT ON unit TO ms_vaultd;
GRANT SELECT ON contact TO ms_vaultd;
GRANT SELECT, INSERT ON reveal TO ms_vaultd;
GRANT SELECT, INSERT ON contact_match TO ms_vaultd;
GRANT SELECT (id, no, unit_id, type, state) ON ticket TO ms_vaultd;
GRANT SELECT (id, ticket_id, audience, lease, next_at, state) ON outbox TO ms_vaultd;
GRANT SELECT (ticket_id, unit_id, officer_id, lifted_at) ON recusal TO ms_vaultd;
GRANT SELECT ON session TO ms_vaultd;
GRANT SELECT ON officer TO ms_vaultd;
GRANT SELECT ON officer_role TO ms_vaultd;
GRANT SELECT ON lent_role TO ms_vaultd;

-- The post room: the outbox, and what a notice needs to say.
GRANT SELECT ON unit TO ms_notifyd;
GRANT SELECT, UPDATE ON outbox TO ms_notifyd;
GRANT SELECT, INSERT, UPDATE ON bundle TO ms_notifyd;
GRANT SELECT, INSERT ON bundle_item TO ms_notifyd;
GRANT SELECT (id, no, type, state, due_on, unit_id, handler_id) ON ticket TO ms_notifyd;
GRANT SELECT (ticket_id, has_phone, has_email) ON contact TO ms_notifyd;
GRANT SELECT (id, unit_id, active, mail) ON officer TO ms_notifyd;
GRANT SELECT (ticket_id, kind, state, due_on, next_at, breached_at) ON timer TO ms_notifyd;
GRANT SELECT ON officer_role TO ms_notifyd;
GRANT SELECT ON lent_role TO ms_notifyd;
GRANT SELECT (id, rule_id, words, due_at, cleared_at) ON alarm TO ms_notifyd;
GRANT SELECT (id, kind, level) ON alarm_rule TO ms_notifyd;
GRANT SELECT (ticket_id, unit_id, officer_id, lifted_at) ON recusal TO ms_notifyd;

-- The maker of files: lists as their readers see them, figures; no texts, no contact data.
GRANT SELECT, UPDATE (state, rows_n, tries, next_at, lease, file_name, size_bytes, sha256, done_at, keep_until, why, open_key)
  ON paper TO ms_paperd;
GRANT INSERT ON export_log TO ms_paperd;
GRANT SELECT ON ticket TO ms_paperd;
GRANT SELECT ON ticket_gram TO ms_paperd;
GRANT SELECT (ticket_id, place) ON ticket_text TO ms_paperd;
GRANT SELECT ON unit TO ms_paperd;
GRANT SELECT (id, login, name, unit_id, active) ON officer TO ms_paperd;
GRANT SELECT ON officer_role TO ms_paperd;
GRANT SELECT ON lent_role TO ms_paperd;
GRANT SELECT (ticket_id, unit_id, officer_id, lifted_at) ON recusal TO ms_paperd;
GRANT SELECT (ticket_id, unit_id, role, ended_at, opinion_at) ON assignment TO ms_paperd;
GRANT SELECT (ticket_id, state, author_id, round) ON reply TO ms_paperd;
GRANT SELECT (ticket_id, level, at, id, feedback, feedback_at) ON supervision TO ms_paperd;
GRANT SELECT (id, ticket_id, state, due_on, open) ON supervision_order TO ms_paperd;
GRANT SELECT (ticket_id, at) ON nudge TO ms_paperd;
GRANT SELECT (ticket_id) ON follow_up TO ms_paperd;
GRANT SELECT (ticket_id, version, action) ON history TO ms_paperd;
GRANT SELECT (id, no) ON simulation TO ms_paperd;
GRANT SELECT ON stat_cell TO ms_paperd;
GRANT SELECT ON stat_day TO ms_paperd;
GRANT SELECT ON stat_delta TO ms_paperd;
GRANT SELECT ON topic TO ms_paperd;
GRANT SELECT ON report TO ms_paperd;
GRANT SELECT ON report_part TO ms_paperd;
GRANT SELECT (id, figures, sha256, made_at) ON stat_frozen TO ms_paperd;

-- The file checker has nothing to do until letters carry files.
GRANT USAGE ON *.* TO ms_filed;
