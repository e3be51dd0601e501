using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>The checksum by the examples of its standard.</summary>
public sealed class Crc32CTests
{
    // RFC 3720, B.4, whose CRCs are written with the least significant byte first.
    [Theory]
    [InlineData(0x8A9136AAu, 0x00, 0)]
    [InlineData(0x62A8AB43u, 0xFF, 0)]
    [InlineData(0x46DD794Eu, 0x00, 1)]
    [InlineData(0x113FDB5Cu, 0x1F, -1)]
    public void Thirty_two_bytes(uint expected, int first, int step) =>
        Assert.Equal(expected, Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)(first + i * step))]));

    // The check value of CRC-32/ISCSI in the catalogue of parametrised CRC algorithms; nine bytes: eight and one.
    [Fact]
    public void Nine_digits() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    [Fact]
    public void Nothing() => Assert.Equal(0u, Crc32C.Of([]));

    // 0xE3069283 turned right by 15 bits: the low 15 bits 0x1283 go to the top as 0x25060000, the rest is 0xE3069283 >> 15 = 0x1C60D;
    // 0x2507C60D + 0xA282EAD8 = 0xC78AB0E5.
    [Fact]
    public void Masked_by_hand() => Assert.Equal(0xC78AB0E5u, Crc32C.Masked("123456789"u8));
}
