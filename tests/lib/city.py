from instance import Instance
class City(Instance):
    pass
