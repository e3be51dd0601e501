namespace Alignment.Data;

/// <summary>What of a demonstration a model learns to write.</summary>
public enum TrainOn
{
    /// <summary>All that the response adds to the prompt, its end included.</summary>
    Response,

    /// <summary>
    /// Every message of the assistant in prompt and response, with its end of turn and without its header. Plain text has one: the response.
    /// Needs a <see cref="ChatTemplate"/> to tell what the assistant says.
    /// </summary>
    AssistantMessages,

    /// <summary>Every token but the first, which nothing predicts: headers, users and system too (what TRL does for <c>messages</c>).</summary>
    Everything,
}
