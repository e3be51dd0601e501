using System.Text;

namespace Alignment.Models;

/// <summary>The variables of huggingface_hub, read as it reads them.</summary>
internal sealed class HubEnvironment(Func<string, string?> read)
{
    private const string Endpoint = "HF_ENDPOINT";
    private const int LargestToken = 4096;   // bytes

    public Uri Hub => First(Endpoint) is not { } text
        ? new Uri("https://huggingface.co")
        : Uri.TryCreate(text, UriKind.Absolute, out var address) ? address
        : throw new ArgumentException($"{Endpoint} must be an address such as https://huggingface.co; was {SafetensorsException.Quoted(text)}.");

    public string CacheFolder =>
        First("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE") is { } folder ? Expanded(folder) : Path.Combine(Home, "hub");

    public bool IsOffline => IsTrue("HF_HUB_OFFLINE") || IsTrue("TRANSFORMERS_OFFLINE");

    public string? Token =>
        IsTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN") ? null : First("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")?.Trim() ?? SavedToken();

    private string Home => First("HF_HOME") is { } home
        ? Expanded(home)
        : Path.Combine(First("XDG_CACHE_HOME") is { } cache ? Expanded(cache) : Path.Combine(UserFolder, ".cache"), "huggingface");

    private string UserFolder =>
        First(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    // Written by "hf auth login". A file that can't be read is none: public models need no token.
    private string? SavedToken()
    {
        var path = First("HF_TOKEN_PATH") is { } named ? Expanded(named) : Path.Combine(Home, "token");
        try
        {
            if (!File.Exists(path) || BoundedFile.Read(path, LargestToken) is not { } bytes) return null;
            return Encoding.UTF8.GetString(bytes.Span).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Expanded(string path) =>
        path == "~" ? UserFolder : path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(UserFolder, path[2..]) : path;

    private bool IsTrue(string name) => First(name)?.ToUpperInvariant() is "1" or "TRUE" or "YES" or "ON";

    private string? First(params string[] names) => names.Select(read).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
}
