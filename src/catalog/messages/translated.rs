//! git's own messages in the languages into which it is translated (git 2.39).
//!
//! Only what decides is listed: the words of curl and ssh stay in English, and so do some of git's
//! (`could not read Username`, `cannot run ssh`).

use super::{Wording, w};

const LOGIN: &str = "git/authentication-failed";
const GONE: &str = "git/repository-not-found";
const OWNER: &str = "git/dubious-ownership";
const CONFIG: &str = "git/bad-config-line";
const SCHEME: &str = "git/protocol-not-allowed";
const HELPER: &str = "git/no-remote-helper";
const NO_GIT: &str = "git/no-git-server";
const REMOTE: &str = "git/could-not-read-remote";

pub(super) const WORDINGS: &[(&str, Wording)] = &[
    // Simplified Chinese
    (LOGIN, w("鉴权失败", r"'(?P<url>[^']*)' 鉴权失败")),
    (LOGIN, w("身份验证失败", r"'(?P<url>[^']*)' 身份验证失败")),
    (GONE, w("未找到", r"仓库 '(?P<url>[^']*)' 未找到")),
    (OWNER, w("可疑的仓库所有权", r"在 '(?P<path>[^']*)' 检测到可疑的仓库所有权")),
    (CONFIG, w("错误的配置行", r"文件 (?P<path>.+) 中错误的配置行 (?P<line>\d+)")),
    (SCHEME, w("不允许", r"传输 '(?P<scheme>[^']*)' 不允许")),
    (HELPER, w("找到远程助手", r"无法为 '(?P<scheme>[^']*)' 找到远程助手")),
    (NO_GIT, w("info/refs 无效", r"(?P<url>\S+)info/refs 无效")),
    (NO_GIT, w("错误的行长度", r"协议错误：错误的行长度")),
    (NO_GIT, w("不能更新重定向", r"不能更新重定向的 url base")),
    (REMOTE, w("无法读取远程仓库", r"无法读取远程仓库")),
    // Traditional Chinese
    (LOGIN, w("身份驗證失敗", r"'(?P<url>[^']*)' 身份驗證失敗")),
    (GONE, w("未找到", r"版本庫 '(?P<url>[^']*)' 未找到")),
    (OWNER, w("可疑所有權", r"在位於「(?P<path>[^」]*)」的版本庫偵測到可疑所有權")),
    (CONFIG, w("錯誤的設定行", r"檔案 (?P<path>.+) 中錯誤的設定行 (?P<line>\d+)")),
    (SCHEME, w("不允許", r"傳輸 '(?P<scheme>[^']*)' 不允許")),
    (HELPER, w("遠端協助工具", r"無法為 '(?P<scheme>[^']*)' 找到遠端協助工具")),
    (NO_GIT, w("info/refs 無效", r"(?P<url>\S+)info/refs 無效")),
    (REMOTE, w("無法讀取遠端版本庫", r"無法讀取遠端版本庫")),
    // German
    (LOGIN, w("Authentifizierung fehlgeschlagen", r"Authentifizierung fehlgeschlagen für '(?P<url>[^']*)'")),
    (GONE, w("nicht gefunden", r"Repository '(?P<url>[^']*)' nicht gefunden")),
    (OWNER, w("dubiose Besitz", r"dubiose Besitzverhältnisse im Repository bei '(?P<path>[^']*)'")),
    (CONFIG, w("Konfigurationszeile", r"Ungültige Konfigurationszeile (?P<line>\d+) in Datei (?P<path>.+)$")),
    (SCHEME, w("bertragungsart", r"Übertragungsart '(?P<scheme>[^']*)' nicht erlaubt")),
    (HELPER, w("Remote-Helper", r"Konnte Remote-Helper für '(?P<scheme>[^']*)' nicht finden")),
    (NO_GIT, w("info/refs nicht", r"(?P<url>\S+)info/refs nicht gültig")),
    (REMOTE, w("vom Remote-Repository", r"Konnte nicht vom Remote-Repository lesen")),
    // French
    (LOGIN, w("d'authentification pour", r"Échec d'authentification pour '(?P<url>[^']*)'")),
    (GONE, w("non trouvé", r"dépôt '(?P<url>[^']*)' non trouvé")),
    (OWNER, w("propriétaire douteux", r"propriétaire douteux détecté dans le dépôt à '(?P<path>[^']*)'")),
    (CONFIG, w("de config incorrecte", r"ligne (?P<line>\d+) de config incorrecte dans le fichier (?P<path>.+)$")),
    (SCHEME, w("non permis", r"transport '(?P<scheme>[^']*)' non permis")),
    (HELPER, w("assistant distant", r"impossible de trouver un assistant distant pour '(?P<scheme>[^']*)'")),
    (NO_GIT, w("info/refs n'est", r"(?P<url>\S+)info/refs n'est pas valide")),
    (REMOTE, w("Impossible de lire le", r"Impossible de lire le dépôt distant")),
    // Spanish
    (LOGIN, w("falló para", r"Autenticación falló para '(?P<url>[^']*)'")),
    (GONE, w("no encontrado", r"repositorio '(?P<url>[^']*)' no encontrado")),
    (OWNER, w("dudosa detectada", r"posesión dudosa detectada en el repositorio a '(?P<path>[^']*)'")),
    (CONFIG, w("de config", r"mala línea de config (?P<line>\d+) en el archivo (?P<path>.+)$")),
    (SCHEME, w("no permitido", r"transporte '(?P<scheme>[^']*)' no permitido")),
    (REMOTE, w("leer del repositorio remoto", r"No se pudo leer del repositorio remoto")),
    // Italian
    (LOGIN, w("Autenticazione non riuscita", r"Autenticazione non riuscita per '(?P<url>[^']*)'")),
    (GONE, w("non trovato", r"repository '(?P<url>[^']*)' non trovato")),
    (CONFIG, w("riga configurazione", r"riga configurazione (?P<line>\d+) errata nel file (?P<path>.+)$")),
    (SCHEME, w("non consentito", r"trasporto '(?P<scheme>[^']*)' non consentito")),
    (REMOTE, w("leggere dal repository", r"Impossibile leggere dal repository remoto")),
    // Portuguese
    (LOGIN, w("falhou para", r"Autenticação falhou para '(?P<url>[^']*)'")),
    (GONE, w("inexistente", r"repositório '(?P<url>[^']*)' inexistente")),
    (CONFIG, w("linha de configura", r"linha de configuração (?P<line>\d+) incorreta no ficheiro (?P<path>.+)$")),
    (REMOTE, w("reposit", r"Incapaz de ler o repositório remoto")),
    // Russian
    (CONFIG, w("строке файла", r"ошибка в (?P<line>\d+) строке файла (?P<path>.+)$")),
    (REMOTE, w("внешнего репозитория", r"Не удалось прочитать из внешнего репозитория")),
    // Polish
    (LOGIN, w("Uwierzytelnienie", r"Uwierzytelnienie nie powiodło się dla „(?P<url>[^”]*)”")),
    (GONE, w("nie znaleziono repozytorium", r"nie znaleziono repozytorium „(?P<url>[^”]*)”")),
    (CONFIG, w("wiersz konfiguracji", r"zły wiersz konfiguracji (?P<line>\d+) w pliku (?P<path>.+)$")),
    (SCHEME, w("niedozwolony", r"transport „(?P<scheme>[^”]*)” niedozwolony")),
    (REMOTE, w("ze zdalnego repozytorium", r"Nie można czytać ze zdalnego repozytorium")),
    // Swedish
    (LOGIN, w("Autentisering misslyckades", r#"Autentisering misslyckades "(?P<url>[^"]*)""#)),
    (GONE, w("hittades inte", r#"arkivet "(?P<url>[^"]*)" hittades inte"#)),
    (OWNER, w("tveksamt", r#"tveksamt ägarskap i arkivet i "(?P<path>[^"]*)""#)),
    (CONFIG, w("konfigurationsfil", r"felaktig konfigurationsfil rad (?P<line>\d+) i filen (?P<path>.+)$")),
    (SCHEME, w("transporten", r#"transporten "(?P<scheme>[^"]*)" tillåts inte"#)),
    (REMOTE, w("Kunde inte l", r"Kunde inte läsa från fjärrarkiv")),
    // Turkish
    (LOGIN, w("kimlik do", r"'(?P<url>[^']*)' için kimlik doğrulaması başarısız")),
    (GONE, w("deposu bulunamad", r"'(?P<url>[^']*)' deposu bulunamadı")),
    (OWNER, w("belirsiz iyelik", r"'(?P<path>[^']*)' konumundaki depoda belirsiz iyelik")),
    (CONFIG, w("yapılandırma satırı", r"yapılandırma satırı (?P<line>\d+), (?P<path>.+) dosyası içinde")),
    (REMOTE, w("deposu okunamad", r"Uzak konum deposu okunamadı")),
    // Vietnamese
    (LOGIN, w("Xác thực gặp lỗi", r"Xác thực gặp lỗi cho “(?P<url>[^”]*)”")),
    (GONE, w("không tìm thấy kho", r"không tìm thấy kho “(?P<url>[^”]*)”")),
    (CONFIG, w("cấu hình sai", r"cấu hình sai tại dòng (?P<line>\d+) trong tập tin (?P<path>.+)$")),
    (REMOTE, w("từ kho trên mạng", r"Không thể đọc từ kho trên mạng")),
    // Korean
    (CONFIG, w("번 줄에 잘못된 설정", r"파일 (?P<path>.+) 안에 (?P<line>\d+)번 줄에 잘못된 설정")),
    (REMOTE, w("리모트 저장소", r"리모트 저장소에서 읽을 수 없습니다")),
    // Bulgarian
    (LOGIN, w("Неуспешна идентификация", r"Неуспешна идентификация към „(?P<url>[^“]*)“")),
    (GONE, w("липсва", r"хранилището „(?P<url>[^“]*)“ липсва")),
    (CONFIG, w("ред за настройки", r"ред за настройки (?P<line>\d+) във файла „(?P<path>[^“]*)“")),
    (REMOTE, w("отдалеченото хранилище", r"Не може да се чете от отдалеченото хранилище")),
    // Catalan
    (LOGIN, w("en autenticar per", r"error en autenticar per «(?P<url>[^»]*)»")),
    (GONE, w("trobat el repositori", r"no s'ha trobat el repositori «(?P<url>[^»]*)»")),
    (CONFIG, w("de configuraci", r"línia de configuració (?P<line>\d+) errònia en el fitxer (?P<path>.+)$")),
    (REMOTE, w("llegir del repositori remot", r"No s'ha pogut llegir del repositori remot")),
    // Indonesian
    (LOGIN, w("Autentikasi gagal", r"Autentikasi gagal untuk '(?P<url>[^']*)'")),
    (GONE, w("tidak ditemukan", r"repositori '(?P<url>[^']*)' tidak ditemukan")),
    (OWNER, w("perizinan meragukan", r"perizinan meragukan terdeteksi di dalam repositori pada '(?P<path>[^']*)'")),
    (CONFIG, w("baris konfigurasi", r"baris konfigurasi (?P<line>\d+) jelek dalam berkas (?P<path>.+)$")),
    (REMOTE, w("dari repositori remote", r"Tidak dapat membaca dari repositori remote")),
];
