using Mail.Core.Projects;

namespace Mail.Tests.Core.Projects;

public sealed class ApiKeyTextTests
{
    [Theory]
    [InlineData(true, "mk_test_")]
    [InlineData(false, "mk_live_")]
    public void A_new_key_says_what_it_is_and_is_whole(bool isTest, string start)
    {
        string key = ApiKeyText.New(isTest);

        Assert.StartsWith(start, key, StringComparison.Ordinal);
        Assert.False(ApiKeyText.IsDamaged(key));
        Assert.NotEqual(key, ApiKeyText.New(isTest));
    }

    [Fact]
    public void A_key_with_any_letter_changed_is_damaged()
    {
        string key = ApiKeyText.New(isTest: false);
        for (int i = 8; i < key.Length; i++)
        {
            if (key[i] == '_') continue;
            char other = key[i] == 'a' ? 'b' : 'a';
            Assert.True(ApiKeyText.IsDamaged($"{key[..i]}{other}{key[(i + 1)..]}"), $"letter {i} of {key}");
        }
    }

    /// <summary>A configured key needs no checksum.</summary>
    [Theory]
    [InlineData("mk_live_0123456789abcdefghij")]
    [InlineData("")]
    public void What_has_another_form_is_not_damaged(string key) => Assert.False(ApiKeyText.IsDamaged(key));
}
