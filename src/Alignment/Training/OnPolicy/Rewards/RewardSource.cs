using System.Globalization;

namespace Alignment.Training;

/// <summary>Where the scores of sampled responses come from: a reward model, a function, several of them, or a judge elsewhere.</summary>
public abstract class RewardSource
{
    /// <summary>What tells this source from others, for a run that goes on from a checkpoint.</summary>
    /// <value>The name of the type where a derived class says no more.</value>
    public virtual string Identity => GetType().Name;

    /// <summary>The models that score here, for the table of what is in memory.</summary>
    internal virtual IEnumerable<TokenModel> Models => [];

    /// <summary>Scores by a reward model.</summary>
    /// <param name="model">The model; it is read without gradient and in evaluation mode, and stays the caller's.</param>
    /// <param name="rowsAtOnce">Responses that go through it at once; at least 1.</param>
    public static RewardSource Of(RewardModel model, int rowsAtOnce = 16) => new ModelReward(model, rowsAtOnce);

    /// <summary>Scores by a function, such as a check of a format or of a result.</summary>
    /// <param name="score">Gives a finite number for each response.</param>
    public static RewardSource Of(Func<SampledResponse, double> score) => new FunctionReward(score);

    /// <summary>A weighted sum of several sources. The mean of each is logged by its name.</summary>
    /// <param name="parts">The sources; at least one, each with a name of its own.</param>
    public static RewardSource Sum(params IReadOnlyList<RewardPart> parts) => new WeightedReward(parts);

    /// <summary>Scores by a judge that is asked asynchronously, such as a model behind an address.</summary>
    /// <param name="judge">Gives a finite number for a response; it should give up when its token is cancelled.</param>
    /// <param name="options">How many calls at once, how long each may take, and how often it is tried; the defaults where null.</param>
    /// <param name="time">The clock of limits and waits; the system's where null.</param>
    public static RewardSource Judge(Func<SampledResponse, CancellationToken, Task<double>> judge, JudgeOptions? options = null, TimeProvider? time = null) =>
        new JudgedReward(judge, options ?? new JudgeOptions(), time ?? TimeProvider.System);

    /// <summary>Scores responses.</summary>
    /// <param name="responses">The responses; at least one.</param>
    /// <param name="cancellationToken">Ends the scoring, by an exception.</param>
    /// <returns>A number for each response.</returns>
    public abstract RewardScores Score(IReadOnlyList<SampledResponse> responses, CancellationToken cancellationToken = default);

    /// <summary>The same, checked: a score that is missing or not finite would be learnt from in silence.</summary>
    /// <exception cref="TrainingException">There is not one finite score for each response; the message names the response.</exception>
    internal RewardScores Checked(IReadOnlyList<SampledResponse> responses, CancellationToken cancellationToken = default)
    {
        var scores = Score(responses, cancellationToken);
        Require(scores.Totals, "");
        foreach (var (name, part) in scores.Parts) Require(part, $" of '{name}'");
        return scores;

        void Require(IReadOnlyList<double> values, string what)
        {
            if (values.Count != responses.Count)
                throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"A reward source must give a score{what} for each of the {responses.Count} responses; it gave {values.Count}."));
            for (var i = 0; i < values.Count; i++)
                if (!double.IsFinite(values[i]))
                    throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"Scores must be finite numbers; the score{what} of {responses[i].Name} was {values[i]}."));
        }
    }
}
