namespace Alignment.Feedback;

/// <summary>Which endpoint is meant. Keys stand in the environment or a configuration alone, never in code or arguments: here is only the name
/// under which.</summary>
public sealed record ChatEndpointOptions
{
    /// <summary>The name of the setting that holds the key.</summary>
    /// <value>The default is OPENAI_API_KEY.</value>
    public string KeyName { get; init => field = NotEmpty(value); } = "OPENAI_API_KEY";

    /// <summary>The name of the setting that holds the address, for example <c>http://localhost:8000/v1</c>.</summary>
    /// <value>The default is OPENAI_BASE_URL. Without the setting the address is OpenAI's.</value>
    public string AddressName { get; init => field = NotEmpty(value); } = "OPENAI_BASE_URL";

    /// <summary>The name of the setting that holds the model's name.</summary>
    /// <value>The default is OPENAI_MODEL.</value>
    public string ModelName { get; init => field = NotEmpty(value); } = "OPENAI_MODEL";

    /// <summary>The model, where no setting names one.</summary>
    /// <value>The default is null: the setting must be there.</value>
    public string? DefaultModel { get; init; }

    /// <summary>The clock by which waits are reckoned that an endpoint asks for.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init => field = Ensure.NotNull(value); } = TimeProvider.System;

    private static string NotEmpty(string value, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
