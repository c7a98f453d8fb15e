export { clearSession } from "../utils/clear_session";
