using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alignment.Feedback;

/// <summary>How calls are made: how many at once and a minute, for how much money, and where their answers are kept.</summary>
public sealed record CallPipelineOptions
{
    /// <summary>The model's name, a part of the key under which answers are kept.</summary>
    /// <value>The default is null: as the client says in its metadata.</value>
    public string? Model { get; init; }

    /// <summary>Whether calls name their temperature and seed.</summary>
    /// <value>The default is true; false for models that take none, as those that reason before they answer.</value>
    public bool SendsSampling { get; init; } = true;

    /// <summary>Calls that are under way at once, and rows that <see cref="CallPipeline.MapAsync"/> works on at once.</summary>
    /// <value>The default is 4. At least 1.</value>
    public int Concurrency { get; init => field = Ensure.AtLeast(value, 1); } = 4;

    /// <summary>Requests sent in any 60 seconds, new tries included.</summary>
    /// <value>The default is null: no limit. At least 1.</value>
    public int? RequestsPerMinute { get; init => field = value is int v ? Ensure.AtLeast(v, 1) : null; }

    /// <summary>Tokens of questions and answers in any 60 seconds, by upper bounds until an answer tells. A single call that is larger waits until
    /// it is alone.</summary>
    /// <value>The default is null: no limit. At least 1.</value>
    public int? TokensPerMinute { get; init => field = value is int v ? Ensure.AtLeast(v, 1) : null; }

    /// <summary>How long an answer may take.</summary>
    /// <value>The default is 2 minutes. Greater than 0.</value>
    public TimeSpan Timeout { get; init => field = Ensure.Positive(value); } = TimeSpan.FromMinutes(2);

    /// <summary>New tries after a failure.</summary>
    public RetryOptions Retry { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>What the model costs.</summary>
    /// <value>By default nothing.</value>
    public CallPrices Prices { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>What may be spent, the earlier runs with the same journal included. A call that could pass it is not made.</summary>
    /// <value>The default is null: no cap. 0 or greater.</value>
    public decimal? CostCap { get; init => field = value is { } v ? CallPrices.NotNegative(v) : null; }

    /// <summary>The file in which answers are kept; it is made where it is missing. It holds the texts of answers, no questions and no
    /// keys.</summary>
    /// <value>The default is null: answers are kept while the pipeline lives.</value>
    public string? Journal { get; init; }

    /// <summary>Hears of answers (Debug), new tries (Information), failures and the cap (Warning), and of texts at Trace alone; of keys never.</summary>
    /// <remarks>Event ids: 200 journal, 201 answer, 202 new try, 203 failure, 204 cap, 205 texts.</remarks>
    /// <value>By default nobody.</value>
    public ILogger Logger { get; init => field = Ensure.NotNull(value); } = NullLogger.Instance;

    /// <summary>Seeds the random part of waits.</summary>
    /// <value>The default is 42.</value>
    public int Seed { get; init; } = 42;

    /// <summary>The clock of limits, waits and time-outs.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init => field = Ensure.NotNull(value); } = TimeProvider.System;
}
