namespace Alignment.Models;

/// <summary>The weights of a folder are not those of the model that its config.json describes.</summary>
public sealed class WeightMismatchException : Exception
{
    private const int MostNamed = 10;

    /// <summary>An error without a message of its own.</summary>
    public WeightMismatchException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">Which folder and tensors.</param>
    public WeightMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">Which folder and tensors.</param>
    /// <param name="innerException">The cause.</param>
    public WeightMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal WeightMismatchException(
        string folder, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> misshapen,
        string described = "config.json")
        : base($"{folder}: the weights are not those that {described} describes."
            + Part("Missing", missing) + Part("Unexpected", unexpected) + Part("Misshapen", misshapen))
    {
        Missing = missing;
        Unexpected = unexpected;
        Misshapen = misshapen;
    }

    /// <summary>Names of tensors that the model has and no file holds.</summary>
    public IReadOnlyList<string> Missing { get; } = [];

    /// <summary>Names of tensors that a file holds and the model has not.</summary>
    public IReadOnlyList<string> Unexpected { get; } = [];

    /// <summary>Names of tensors of another shape, each with the shape given and the shape needed.</summary>
    public IReadOnlyList<string> Misshapen { get; } = [];

    private static string Part(string title, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return "";
        var rest = names.Count > MostNamed ? FormattableString.Invariant($" and {names.Count - MostNamed} more") : "";
        return $" {title}: {string.Join(", ", names.Take(MostNamed))}{rest}.";
    }
}
