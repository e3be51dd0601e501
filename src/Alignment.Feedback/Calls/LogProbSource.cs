using Microsoft.Extensions.AI;

namespace Alignment.Feedback;

/// <summary>How a client is asked for log-probabilities: Microsoft.Extensions.AI has no option for them.</summary>
internal enum LogProbSource
{
    /// <summary>It is not asked; what it gives by itself is read.</summary>
    None,

    /// <summary>By the options of the <c>OpenAI</c> package.</summary>
    OpenAI,

    /// <summary>By the additional property <c>top_logprobs</c>: Alignment's own policies.</summary>
    Policy,
}

/// <summary>Finds <see cref="LogProbSource"/>.</summary>
internal static class LogProbSources
{
    private const string OwnProvider = "alignment";   // as PolicyChatClient's metadata say

    public static LogProbSource Of(IChatClient client) => client.GetService(typeof(OpenAI.Chat.ChatClient)) is not null ? LogProbSource.OpenAI
        : client.GetService(typeof(ChatClientMetadata)) is ChatClientMetadata { ProviderName: OwnProvider } ? LogProbSource.Policy
        : LogProbSource.None;
}
