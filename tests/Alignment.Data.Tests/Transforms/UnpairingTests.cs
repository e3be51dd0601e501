using System.Text.Json;

namespace Alignment.Data.Tests.Transforms;

public sealed class UnpairingTests
{
    private static readonly JsonElement Recorded = Golden.Json("data", "helpers.json").GetProperty("unpair");

    private static PreferencePair[] Pairs
    {
        get
        {
            var input = Recorded.GetProperty("input");
            string[] Texts(string name) => [.. input.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
            return [.. Texts("prompt").Zip(Texts("chosen"), Texts("rejected")).Select((row, i) => new PreferencePair(row.First, row.Second, row.Third)
            {
                Weight = input.GetProperty("weight")[i].GetDouble(),
                Id = $"id {i}",
                Source = "golden",
            })];
        }
    }

    private static UnpairedResponse[] Expected
    {
        get
        {
            var output = Recorded.GetProperty("output");
            return [.. Enumerable.Range(0, output.GetProperty("label").GetArrayLength()).Select(i => new UnpairedResponse(
                output.GetProperty("prompt")[i].GetString()!, output.GetProperty("completion")[i].GetString()!, output.GetProperty("label")[i].GetBoolean())
            {
                Weight = output.GetProperty("weight")[i].GetDouble(),
                Id = $"id {i % 3}",
                Source = "golden",
            })];
        }
    }

    [Fact]
    public void A_list_comes_in_the_order_of_TRL() => Assert.Equal(Expected, Pairs.Unpair());

    [Fact]
    public async Task A_stream_has_the_same_rows_pair_by_pair()
    {
        var rows = await Pairs.ToAsyncEnumerable().Unpair().ToListAsync();
        Assert.Equal([Expected[0], Expected[3], Expected[1], Expected[4], Expected[2], Expected[5]], rows);
    }

    [Fact]
    public async Task A_stream_is_read_only_as_far_as_it_is_used()
    {
        var read = 0;
        await foreach (var _ in Counted().Unpair()) if (read == 2) break;
        Assert.Equal(2, read);

        async IAsyncEnumerable<PreferencePair> Counted()
        {
            foreach (var pair in Pairs)
            {
                await Task.Yield();
                read++;
                yield return pair;
            }
        }
    }
}
