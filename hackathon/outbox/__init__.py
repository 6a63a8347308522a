"""What happened, in order: the outbox, the sequencer, the audit chain."""
