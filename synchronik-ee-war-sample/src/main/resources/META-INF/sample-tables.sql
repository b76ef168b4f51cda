create table if not exists sample_film (id varchar(20) primary key, title varchar(200) not null, film_year integer not null, director varchar(200) not null, stored_by varchar(36) not null, stored_at timestamp(3) not null);
create table if not exists sample_target (id varchar(100) primary key, enabled boolean not null, failures integer not null, last_error varchar(1000), checked_at timestamp(3));
