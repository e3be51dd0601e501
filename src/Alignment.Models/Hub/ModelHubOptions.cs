using System.Globalization;
using System.Runtime.CompilerServices;

namespace Alignment.Models;

/// <summary>Where models come from and where they are kept. The defaults are those of Python's huggingface_hub, read from its variables.</summary>
public sealed record ModelHubOptions
{
    /// <summary>Options from the variables of this process.</summary>
    /// <exception cref="ArgumentException">HF_ENDPOINT is no address, or the token isn't made of visible ASCII characters.</exception>
    public ModelHubOptions()
        : this(Environment.GetEnvironmentVariable)
    {
    }

    /// <summary>Options from variables that come from elsewhere.</summary>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <exception cref="ArgumentException">HF_ENDPOINT is no address, or the token isn't made of visible ASCII characters.</exception>
    public ModelHubOptions(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var variables = new HubEnvironment(environment);
        Endpoint = variables.Hub;
        CacheFolder = variables.CacheFolder;
        Token = variables.Token;
        IsOffline = variables.IsOffline;
    }

    /// <summary>Files of a model folder that this library reads or passes on: settings, safetensors, adapters and tokenizers.</summary>
    public static IReadOnlyList<string> ModelPatterns { get; } =
    [
        "config.json", "generation_config.json",
        "model.safetensors", "model-*.safetensors", "model.safetensors.index.json",
        "adapter_config.json", "adapter_model.safetensors",
        "tokenizer.json", "tokenizer_config.json", "tokenizer.model", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt",
        "chat_template.jinja",
    ];

    /// <summary>The hub.</summary>
    /// <value>The default is HF_ENDPOINT, else https://huggingface.co. An http or https address without user, query or fragment.</value>
    public Uri Endpoint { get; init => field = CheckedEndpoint(value); }

    /// <summary>Where downloads are kept, in the layout that huggingface_hub reads and writes.</summary>
    /// <value>The default is HF_HUB_CACHE, else HF_HOME/hub, else ~/.cache/huggingface/hub.</value>
    public string CacheFolder { get; init => field = Path.GetFullPath(NotEmpty(value)); }

    /// <summary>What shows the hub who asks. Sent to the host of <see cref="Endpoint"/> alone, and over https unless that is this machine.</summary>
    /// <value>The default is HF_TOKEN, else the token that "hf auth login" saved, else null.</value>
    public string? Token { get; init => field = CheckedToken(value); }

    /// <summary>Whether only the cache is asked and nothing is ever sent.</summary>
    /// <value>The default is true where HF_HUB_OFFLINE is 1, true, yes or on.</value>
    public bool IsOffline { get; init; }

    /// <summary>The files to download; '*' and '?' stand for characters of one name, never for '/'.</summary>
    /// <value>The default is <see cref="ModelPatterns"/>, which no pickle matches.</value>
    public IReadOnlyList<string> Patterns { get; init => field = CheckedPatterns(value); } = ModelPatterns;

    /// <summary>Files that are downloaded at the same time.</summary>
    /// <value>The default is 4. From 1 to 64.</value>
    public int Connections { get; init => field = Check.Within(value, 64); } = 4;

    /// <summary>How often in a row a request is sent again after what may pass: a broken connection, 408, 429, 500, 502, 503 or 504.</summary>
    /// <value>The default is 5, with waits of 0.5, 1, 2, 4 and 8 seconds, or as long as the hub asks. From 0 to 100.</value>
    public int Retries
    {
        get;
        init => field = value is >= 0 and <= 100
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Retries), value, $"{nameof(Retries)} must be from 0 to 100.");
    } = 5;

    /// <summary>How long the hub may be silent before a request counts as failed.</summary>
    /// <value>The default is 30 seconds. Greater than 0 and at most a day.</value>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Timeout), value, $"{nameof(Timeout)} must be greater than 0 and at most a day.");
    } = TimeSpan.FromSeconds(30);

    /// <summary>Endpoint and cache, and whether there is a token; never the token.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Endpoint} in '{CacheFolder}', {(Token is null ? "no token" : "with a token")}{(IsOffline ? ", offline" : "")}");

    private static Uri CheckedEndpoint(Uri value, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        // The address itself may hold a password, so the message doesn't hold it.
        return value.IsAbsoluteUri && value.Scheme is "http" or "https"
            && (value.UserInfo + value.Query + value.Fragment).Length == 0
            ? value
            : throw new ArgumentException($"{name} must be an http or https address without user, query or fragment.", name);
    }

    private static string NotEmpty(string value, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }

    private static string? CheckedToken(string? value, [CallerMemberName] string name = "") =>
        value is null || (value.Length > 0 && value.All(letter => letter is > ' ' and <= '~'))
            ? value
            : throw new ArgumentException($"{name} must be made of visible ASCII characters, without spaces.", name);

    private static string[] CheckedPatterns(IReadOnlyList<string> value, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value.Count > 0 && !value.Any(string.IsNullOrEmpty)
            ? [.. value]
            : throw new ArgumentException($"{name} must hold at least one pattern, and no empty one.", name);
    }
}
