-- db.ft_session_before --------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_session_before (
) RETURNS       trigger
AS $$
BEGIN
  IF ROW(NEW.code, NEW.secret, NEW.suid, NEW.created) IS DISTINCT FROM ROW(OLD.code, OLD.secret, OLD.suid, OLD.created) THEN
    RETURN NULL;
  END IF;

  IF NEW.area <> OLD.area AND NOT IsMemberArea(NEW.area, NEW.userid) THEN
    NEW.area := OLD.area;
  END IF;

  IF NEW.interface <> OLD.interface AND NOT IsMemberInterface(NEW.interface, NEW.userid) THEN
    NEW.interface := OLD.interface;
  END IF;

  NEW.scope := GetAreaScope(NEW.area);

  RETURN NEW;
END;
$$ LANGUAGE plpgsql
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_session_before () IS
'What a session is proven by never changes: such an update is dropped. An area or interface that its user is no member of is not taken; the scope follows the area.';

CREATE OR REPLACE TRIGGER t_session_before
  BEFORE UPDATE OF code, secret, suid, created, area, interface, scope ON db.session
  FOR EACH ROW EXECUTE FUNCTION db.ft_session_before();

-- db.ft_session_after ---------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_session_after (
) RETURNS       trigger
AS $$
BEGIN
  DELETE FROM db.oauth2 g USING gone s WHERE g.id = s.oauth2;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql
   SET search_path = kernel, public, pg_temp;

COMMENT ON FUNCTION db.ft_session_after () IS
'A session takes its grant with it, and the grant its tokens.';

CREATE OR REPLACE TRIGGER t_session_after
  AFTER DELETE ON db.session
  REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION db.ft_session_after();
