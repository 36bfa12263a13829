-- What a registry lacks, or has otherwise than the log says; until is null while it is so.
create table registry_trouble (
  artifact    text        not null,
  environment text        not null,
  registry    text        not null,
  about       text        not null,
  kind        text        not null,
  message     text        not null,
  since       timestamptz not null,
  until       timestamptz
);
create index registry_trouble_by_artifact on registry_trouble (artifact, since);
create unique index registry_trouble_open
  on registry_trouble (artifact, environment, registry, about) where until is null;
