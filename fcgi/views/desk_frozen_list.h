#include "desk_frozen.h"
