-- A letter is merged under one that is handled: chains that came about before are drawn straight.
UPDATE ticket c JOIN ticket m ON m.id = c.master_id AND m.state = 'merged' SET c.master_id = m.master_id WHERE c.state = 'merged';
UPDATE ticket c JOIN ticket m ON m.id = c.master_id AND m.state = 'merged' SET c.master_id = m.master_id WHERE c.state = 'merged';
