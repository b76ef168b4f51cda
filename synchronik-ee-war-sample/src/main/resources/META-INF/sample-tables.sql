create table if not exists sample_film (id varchar(20) primary key, title varchar(200) not null, film_year integer not null, director varchar(200) not null, stored_by varchar(36) not null, stored_at timestamp(3) not null);
create table if not exists sample_target (id varchar(100) primary key, enabled boolean not null, failures integer not null, last_error varchar(1000), checked_at timestamp(3));
create table if not exists sample_delivery (run varchar(36) primary key, file_name varchar(100) not null, outcome varchar(20) not null, line_count integer not null, problems varchar(2000) not null, stored_at timestamp(3) not null);
create table if not exists sample_customer (id varchar(10) primary key, name varchar(100) not null, address varchar(200), balance numeric(12, 2) not null, on_hold boolean not null);
create table if not exists sample_invoice (invoice_number varchar(41) primary key, customer varchar(10) not null, amount numeric(12, 2) not null, billing varchar(36), issued_at timestamp(3) not null);
create table if not exists sample_billing (run varchar(36) primary key, invoices bigint not null, failed bigint not null, total numeric(14, 2) not null, made_at timestamp(3) not null);
