-- Everything here is folded from the log and can be dropped and folded again.

-- How far each topic partition is read: the offset of what comes next.
create table feed_offset (
  topic       text    not null,
  partition   integer not null,
  next_offset bigint  not null,
  primary key (topic, partition)
);

-- The last number that counts for a topic and key, and where its reading stopped if one is missing.
create table head (
  topic    text   not null,
  key      text   not null,
  sequence bigint not null,
  epoch    bigint not null,
  primary key (topic, key)
);

create table gap (
  topic    text        not null,
  key      text        not null,
  position text        not null,
  at       timestamptz not null,
  primary key (topic, key)
);

create table audit_entry (
  seq             bigint      generated always as identity unique,
  topic           text        not null,
  partition       integer     not null,
  record_offset   bigint      not null,
  key             text        not null,
  at              timestamptz not null,
  known_at        timestamptz not null,
  event           text        not null,
  version         text,
  digest          text,
  from_env        text,
  to_env          text,
  user_name       text        not null,
  user_kind       text        not null,
  promotion       text,
  id              text        not null,
  cause           text,
  source_position text,
  verdict         text,
  details         jsonb       not null,
  -- What proofs are made of: the record as Kafka gave it.
  headers         bytea       not null,
  value           bytea,
  search          tsvector    not null,
  primary key (topic, partition, record_offset)
);
create index audit_entry_by_time      on audit_entry (at, topic, partition, record_offset);
create index audit_entry_by_key       on audit_entry (key, at);
create index audit_entry_by_promotion on audit_entry (promotion, seq);
create index audit_entry_by_user      on audit_entry (user_name, at);
create index audit_entry_by_event     on audit_entry (event, at);
create index audit_entry_by_text      on audit_entry using gin (search);

-- One promotion; each topic that speaks of it has its own part.
create table promotion (
  id             text primary key,
  artifact       text not null,
  version        text,
  to_env         text,
  state          text,
  requested_at   timestamptz,
  ended_at       timestamptz,
  approval_state text,
  course         jsonb,
  gates          jsonb,
  asking         jsonb,
  copies         jsonb
);
create index promotion_by_time     on promotion (requested_at, id);
create index promotion_by_slot     on promotion (artifact, to_env, requested_at);
create index promotion_by_version  on promotion (artifact, version);
create index promotion_by_approval on promotion (approval_state) where approval_state is not null;

-- A version's time in one slot; until is null for the one that is live.
create table arrival (
  id          text primary key,
  artifact    text        not null,
  environment text        not null,
  version     text        not null,
  digest      text        not null,
  since       timestamptz not null,
  until       timestamptz,
  promotion   text,
  from_env    text,
  by_user     text        not null,
  ref         text        not null,
  failed_at   timestamptz,
  failure     text        not null
);
create index arrival_by_slot    on arrival (artifact, environment, since);
create index arrival_by_version on arrival (artifact, version);
create unique index arrival_live on arrival (artifact, environment) where until is null;

create table published_version (
  artifact    text        not null,
  version     text        not null,
  digest      text        not null,
  environment text        not null,
  ref         text        not null,
  size        bigint      not null,
  media_type  text        not null,
  created_at  timestamptz not null,
  by_user     text        not null,
  primary key (artifact, version)
);

-- Tags as they were set and read back.
create table version_tags (
  artifact    text        not null,
  version     text        not null,
  environment text        not null,
  stage       text        not null,
  refs        jsonb       not null,
  at          timestamptz not null,
  primary key (artifact, version, environment, stage)
);

create table manifest_revision (
  revision integer primary key,
  sha256   text        not null,
  since    timestamptz not null,
  by_user  text        not null,
  manifest text        not null
);

-- Artifacts whose status may differ from what the log was told, and what it was told.
create table status_due (
  artifact text primary key
);

create table status_told (
  artifact    text not null,
  environment text not null,
  version     text,
  digest      text,
  health      text not null,
  primary key (artifact, environment)
);
