using Alignment.Samples;

namespace Alignment.Feedback.Tests.Samples;

/// <summary>What the checks of samples/CodingAssistant find, and what they leave alone.</summary>
public sealed class CodeReviewTests
{
    [Theory]
    [InlineData("secure", "object F(Rows rows, string name) { return rows.Run(\"SELECT * FROM T WHERE N = '\" + name + \"'\"); }", "object F(Rows rows, string name) { return rows.Run(\"SELECT * FROM T WHERE N = @n\", name); }")]
    [InlineData("secure", "object F(Rows rows, string name) => rows.Run($\"DELETE FROM T WHERE N = '{name}'\");", "object F(Rows rows, string name) => rows.Run($\"{name} rows\");")]
    [InlineData("secure", "byte[] F(byte[] data) => MD5.HashData(data);", "byte[] F(byte[] data) => SHA256.HashData(data);")]
    [InlineData("secure", "int F() => new Random().Next();", "byte[] F() => RandomNumberGenerator.GetBytes(16);")]
    [InlineData("secure", "string F() { var password = \"abc\"; return Hash(password); }", "string F(string password) { return Hash(password); }")]
    [InlineData("secure", "string F(string name) => Path.Combine(Folder, name);", "string F(string name) => Path.Combine(Folder, Path.GetFileName(name));")]
    [InlineData("secure", "string F(string name) => $\"<p>{name}</p>\";", "string F(string name) => $\"<p>{WebUtility.HtmlEncode(name)}</p>\";")]
    [InlineData("secure", "void F(string file) { Process.Start(\"cmd.exe\", file); }", "void F(string file) { Process.Start(\"convert\", [file]); }")]
    [InlineData("secure", "void F(string name, string pin) { logger.LogInformation(\"{Pin}\", pin); }", "void F(string name, string pin) { logger.LogInformation(\"{Name}\", name); }")]
    [InlineData("correct", "int F(int[] all) { var sum = 0; for (var i = 0; i <= all.Length; i++) sum += all[i]; return sum; }", "int F(int[] all) { var sum = 0; for (var i = 0; i < all.Length; i++) sum += all[i]; return sum; }")]
    [InlineData("correct", "async Task F() { store.SaveAsync(); await Done(); }", "async Task F() { await store.SaveAsync(); await Done(); }")]
    [InlineData("correct", "int F() => store.CountAsync().Result;", "async Task<int> F() => await store.CountAsync();")]
    [InlineData("correct", "async void F() { await G(); }", "async Task F() { await G(); }")]
    [InlineData("correct", "double F(List<int> all) => all.Sum() / all.Count;", "double F(List<int> all) => (double)all.Sum() / all.Count;")]
    [InlineData("correct", "void F(List<int> all) { foreach (var one in all) all.Remove(one); }", "void F(List<int> all) { foreach (var one in all) others.Remove(one); }")]
    [InlineData("correct", "bool F(string one, string other) => one.ToLower() == other.ToLower();", "bool F(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);")]
    [InlineData("correct", "bool F(DateTime end) => end < DateTime.Now;", "bool F(DateTime end) => end < DateTime.UtcNow;")]
    [InlineData("correct", "double F(double price) => price;", "decimal F(decimal price) => price;")]
    [InlineData("robust", "string F(string path) { var reader = new StreamReader(path); return reader.ReadLine(); }", "string F(string path) { using var reader = new StreamReader(path); return reader.ReadLine(); }")]
    [InlineData("robust", "void F() { try { G(); } catch { } }", "void F() { try { G(); } catch (IOException error) { Log(error); } }")]
    [InlineData("robust", "Task F(CancellationToken stop) => G();", "Task F(CancellationToken stop) => G(stop);")]
    [InlineData("robust", "int F(string text) => int.Parse(text);", "int? F(string text) => int.TryParse(text, out var number) ? number : null;")]
    [InlineData("robust", "int F(List<int> all) => all.First();", "int F(List<int> all) => all.FirstOrDefault();")]
    [InlineData("robust", "void F() { try { G(); } catch (IOException error) { throw error; } }", "void F() { try { G(); } catch (IOException) { H(); throw; } }")]
    [InlineData("robust", "async Task F() { using var response = await client.GetAsync(url); await Read(response); }", "async Task F() { using var response = await client.GetAsync(url); response.EnsureSuccessStatusCode(); await Read(response); }")]
    [InlineData("robust", "void F() { lock (this) total++; }", "void F() { lock (gate) total++; }")]
    [InlineData("readable", "int F(int q) => q;", "int F(int count) => count;")]
    [InlineData("readable", "int F(int count) => count * 37;", "int F(int count) { const int Rows = 37; return count * Rows; }")]
    [InlineData("readable", "void F() { if (A) if (B) if (C) G(); }", "void F() { if (A && B && C) G(); }")]
    [InlineData("readable", "bool F() => IsOpen == true;", "bool F() => IsOpen;")]
    [InlineData("readable", "bool F() => IsOpen ? true : false;", "bool F() => IsOpen ? IsFull : false;")]
    [InlineData("readable", "int F() { if (IsOpen) return 1; else return 2; }", "int F() { if (IsOpen) return 1; return 2; }")]
    [InlineData("readable", "int F(int count) { var twice = count; return count; }", "int F(int count) { var twice = count; return twice; }")]
    [InlineData("readable", "void F() { G();\n// H();\n}", "void F() { G();\n// After H.\n}")]
    [InlineData("readable", "void get_all() { }", "void GetAll() { }")]
    public void A_flaw_is_found_under_its_criterion_and_its_remedy_is_left_alone(string criterion, string flawed, string sound)
    {
        Assert.False(CodeReview.Of(flawed).Passes(criterion));
        Assert.All(CodeReview.Of(flawed).Faults, fault => Assert.Equal(criterion, fault.Criterion));
        Assert.True(CodeReview.Of(sound).PassesAll, string.Join(' ', CodeReview.Of(sound).Faults));
    }

    [Theory]
    [InlineData("int F( => 1;")]
    [InlineData("I would rather not.")]
    [InlineData("")]
    [InlineData("int F() => 1; } class Other {")]
    public void What_is_no_method_passes_nothing(string text)
    {
        var review = CodeReview.Of(text);
        Assert.False(review.Parses || review.PassesAll || CodeReview.Criteria.Any(review.Passes));
        Assert.Equal(int.MaxValue, review.Count("secure"));
    }

    [Fact]
    public void Code_is_found_in_a_block_of_markdown() =>
        Assert.Equal("Sum", CodeReview.Of("Here it is:\n```csharp\nint Sum(int one, int other) => one + other;\n```\nIt adds.").Method);
}
