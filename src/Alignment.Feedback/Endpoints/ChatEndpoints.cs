using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Alignment.Feedback;

/// <summary>Clients for endpoints that speak OpenAI's protocol: OpenAI, vLLM, llama.cpp, Ollama and many more.</summary>
public static class ChatEndpoints
{
    private static readonly Uri OpenAIAddress = new("https://api.openai.com/v1");

    /// <summary>The endpoint that the environment names.</summary>
    /// <param name="options">Names of the variables; null for OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL.</param>
    /// <returns>To be disposed. It tries nothing again, which <see cref="CallPipeline"/> does.</returns>
    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message names it.</exception>
    public static IChatClient FromEnvironment(ChatEndpointOptions? options = null) => From(Environment.GetEnvironmentVariable, options);

    /// <summary>The endpoint that the environment names, or null where it holds no key: samples then go on with a scripted client.</summary>
    /// <param name="options">Names of the variables; null for the usual ones.</param>
    public static IChatClient? TryFromEnvironment(ChatEndpointOptions? options = null) =>
        string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable((options ?? new()).KeyName)) ? null : FromEnvironment(options);

    /// <summary>The endpoint that a configuration names, for example <c>name => configuration[name]</c>.</summary>
    /// <param name="read">Reads a setting; null where there is none.</param>
    /// <param name="options">Names of the settings; null for the usual ones.</param>
    /// <returns>To be disposed.</returns>
    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message names it.</exception>
    public static IChatClient From(Func<string, string?> read, ChatEndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        options ??= new ChatEndpointOptions();
        var address = Address(read(options.AddressName), options.AddressName);
        var model = read(options.ModelName) is { Length: > 0 } named ? named : options.DefaultModel ?? throw new InvalidOperationException(
            $"{options.ModelName} must name a model, or {nameof(ChatEndpointOptions)}.{nameof(options.DefaultModel)} must.");
        var key = Key(read(options.KeyName), options.KeyName, address);
        var client = new OpenAI.Chat.ChatClient(model, new ApiKeyCredential(key), new OpenAIClientOptions
        {
            Endpoint = address,
            RetryPolicy = new ClientRetryPolicy(0),   // the pipeline counts tries, and pays for them
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
        return new GuardedClient(client.AsIChatClient(), key,
            $"{model} at {address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}", options.Time);
    }

    private static Uri Address(string? text, string name)
    {
        if (string.IsNullOrWhiteSpace(text)) return OpenAIAddress;
        // The address is not quoted: it may hold a password.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp))
            throw new InvalidOperationException($"{name} must be an address such as https://api.openai.com/v1.");
        if (address.UserInfo.Length > 0) throw new InvalidOperationException($"{name} must not hold a user or a password.");
        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? address
            : throw new InvalidOperationException($"{name} must be an https address, or one of this computer: a key would be sent in the open.");
    }

    private static string Key(string? text, string name, Uri address)
    {
        if (text?.Trim() is { Length: > 0 } key)
            return !key.Any(char.IsControl) && !key.Any(c => c > 126)
                ? key
                : throw new InvalidOperationException($"{name} holds characters that a key has not.");
        return address.IsLoopback ? "none" : throw new InvalidOperationException($"{name} must hold the key of the endpoint.");
    }
}
